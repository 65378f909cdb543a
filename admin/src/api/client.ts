import { configure } from '@rubric/client';

configure({ url: '' });
