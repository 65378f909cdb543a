import { z } from 'zod';
import { MAX } from '../../database/schema/field-limits.ts';
import { filledText } from '../../http/wire.schema.ts';
import { email, newPassword } from '../passwords/password.schema.ts';

export const SetupState = z
  .object({ required: z.boolean().meta({ description: 'Whether there are no accounts yet.' }) })
  .meta({ id: 'SetupState', examples: [{ required: true }] });

export const Setup = z
  .strictObject({
    code: z.string().min(1).max(40).meta({ description: 'The code that the server printed when it started.' }),
    name: filledText(MAX.name),
    email,
    password: newPassword,
  })
  .meta({
    id: 'Setup',
    examples: [
      {
        code: '7KQM-2XWD',
        name: 'Maud Sailer',
        email: 'maud@rubric.example',
        password: 'a sentence that only she would say',
      },
    ],
  });
export type Setup = z.output<typeof Setup>;
