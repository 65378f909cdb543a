import { z } from 'zod';
import { dateTime, dateTimeOut, idOut, idParam } from '../../http/wire.schema.ts';
import { articleFieldsParam } from '../articles.schema.ts';

export const DEFAULT_DAYS = 7;
const MAX_DAYS = 90;
export const DAY_MS = 86_400_000;

export const PreviewCreate = z
  .strictObject({
    expiresAt: dateTime
      .refine((value) => value.getTime() > Date.now(), {
        error: 'must be in the future',
        params: { code: 'too_small' },
      })
      .refine((value) => value.getTime() <= Date.now() + MAX_DAYS * DAY_MS, {
        error: `must be within ${MAX_DAYS} days`,
        params: { code: 'too_large' },
      })
      .optional()
      .meta({ description: `Default: in ${DEFAULT_DAYS} days. At most in ${MAX_DAYS} days.` }),
  })
  .meta({ id: 'PreviewCreate', examples: [{}] });
export type PreviewCreate = z.output<typeof PreviewCreate>;

const example = { id: 5, createdAt: '2026-01-12T09:30:00.000Z', expiresAt: '2026-01-19T09:30:00.000Z' };
const SECRET = 'x'.repeat(43);

export const Preview = z
  .object({ id: idOut, createdAt: dateTimeOut, expiresAt: dateTimeOut })
  .meta({ id: 'Preview', description: 'A preview without its secret.', examples: [example] });

export const NewPreview = z
  .object({
    id: idOut,
    url: z.string().meta({ description: 'Shows the article, `GET /previews/{secret}`. Begins with PUBLIC_URL.' }),
    secret: z.string().meta({ description: 'Shown only once.' }),
    expiresAt: dateTimeOut,
  })
  .meta({
    id: 'NewPreview',
    examples: [
      { id: 5, url: `https://rubric.example/previews/${SECRET}`, secret: SECRET, expiresAt: example.expiresAt },
    ],
  });

export const PreviewList = z
  .object({ data: z.array(Preview) })
  .meta({ id: 'PreviewList', examples: [{ data: [example] }] });

export const PreviewParams = z.object({ id: idParam, previewId: idParam });
export type PreviewParams = z.output<typeof PreviewParams>;
export const PreviewSecretParams = z.object({
  secret: z.string().meta({ description: 'The secret of a preview.', maxLength: SECRET.length }),
});
export type PreviewSecretParams = z.output<typeof PreviewSecretParams>;
export const PreviewReadQuery = z.strictObject({ fields: articleFieldsParam });
export type PreviewReadQuery = z.output<typeof PreviewReadQuery>;
