import { z } from 'zod';
import { ADDRESSED_TYPES } from '../database/schema/enums.ts';
import { MAX } from '../database/schema/field-limits.ts';
import { dateTimeOut, idOut, idParam, rowId, slugOut, text } from '../http/wire.schema.ts';
import { envelopeOf, pageParameters } from '../pagination/page.schema.ts';
import { fitsPath, normalizePath } from './redirect-path.ts';

/** Longer paths cannot be stored, even if all of their characters are escaped. */
const MAX_PATH_TEXT = 3 * MAX.path;

/** A path of another system, in the form in which paths are compared. */
const path = text(MAX_PATH_TEXT)
  .transform((value, context) => {
    const normalized = normalizePath(value);
    if (normalized !== null) return normalized;
    context.addIssue({ code: 'custom', message: 'must begin with a slash, or with https:// and a host' });
    return z.NEVER;
  })
  .refine(fitsPath, { error: `must be at most ${MAX.path} bytes`, params: { code: 'too_long' } })
  .meta({
    description: 'A path or URL. Host, query, fragment and closing slash do not count.',
    override: { type: 'string', minLength: 1, maxLength: MAX_PATH_TEXT },
  });

const types = z.enum(ADDRESSED_TYPES);

export const RedirectCreate = z
  .strictObject({
    path: path.refine((value) => value !== '/', 'must not be the root: what follows ? or # is not part of a path'),
    target: z
      .strictObject({ type: types, id: rowId })
      .nullable()
      .meta({ description: 'The row that the path leads to; null if it is gone on purpose.' }),
  })
  .meta({ id: 'RedirectCreate', examples: [{ path: '/2019/05/a-post/', target: null }] });
export type RedirectCreate = z.output<typeof RedirectCreate>;

const example = {
  id: 3,
  path: '/2019/05/a-post',
  target: { type: 'article', id: 12 },
  createdAt: '2026-01-12T09:30:00.000Z',
};

export const Redirect = z
  .object({
    id: idOut,
    path: z.string().meta({ description: 'In the form in which paths are compared.' }),
    target: z
      .object({ type: types, id: idOut })
      .nullable()
      .meta({ description: 'Null if the path is gone on purpose, or its row was deleted.' }),
    createdAt: dateTimeOut,
  })
  .meta({
    id: 'Redirect',
    description: 'A path of another system, and the row that it leads to.',
    examples: [example],
  });

export const RedirectList = envelopeOf(Redirect).meta({
  id: 'RedirectList',
  examples: [{ data: [example], page: { limit: 20, next: null, previous: null } }],
});

export const RedirectListQuery = z.strictObject({
  ...pageParameters,
  path: path.optional().meta({ description: 'Only the redirect of this path.' }),
});
export type RedirectListQuery = z.output<typeof RedirectListQuery>;

export const RedirectParams = z.object({ id: idParam });
export type RedirectParams = z.output<typeof RedirectParams>;

export const ResolveQuery = z.strictObject({ path });
export type ResolveQuery = z.output<typeof ResolveQuery>;

export const ResolvedAddress = z
  .object({
    type: types,
    id: idOut,
    slug: slugOut,
    location: z.string().meta({ description: 'The path of the row in this API.' }),
  })
  .meta({
    id: 'ResolvedAddress',
    description: 'The row that a path leads to.',
    examples: [{ type: 'article', id: 12, slug: 'a-post', location: '/articles/a-post' }],
  });
