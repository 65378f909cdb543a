import { configure } from '@rubric/client';
import { queryClient } from './query-client.ts';
import { SessionGate } from './session-gate.ts';

export const sessionGate = new SessionGate(queryClient);

configure({ url: '', fetch: sessionGate.fetch });
