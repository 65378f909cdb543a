import { z } from 'zod';
import { idOut, nameOut } from '../http/wire.schema.ts';

const name = nameOut.nullable().meta({ description: 'The present name; null if the row is deleted.' });

/** Who made a change, see `changed-by.ts`. */
export const ChangedBy = z
  .union([z.object({ accountId: idOut, name }), z.object({ tokenId: idOut, name }), z.object({ command: z.string() })])
  .nullable();
