import { z } from 'zod';
import { MAX } from '../database/schema/field-limits.ts';
import {
  dateTimeOut,
  filledText,
  idOrSlugParam,
  idOut,
  nameOut,
  slug,
  slugOut,
  text,
  versionOut,
} from '../http/wire.schema.ts';
import { envelopeOf, fieldsParam, pageParameters } from '../pagination/page.schema.ts';

const email = z.email('must be an email address').max(MAX.email);

export const AuthorUpdate = z
  .strictObject({
    name: filledText(MAX.name).optional(),
    slug: slug(MAX.slug).optional(),
    email: email.nullable().optional(),
    bio: text(MAX.bio).nullable().optional(),
  })
  .meta({ id: 'AuthorUpdate', examples: [{ bio: 'Bakes on Chandler Street.' }] });
export type AuthorUpdate = z.output<typeof AuthorUpdate>;

export const AuthorCreate = z
  .strictObject({ ...AuthorUpdate.shape, name: filledText(MAX.name) })
  .meta({ id: 'AuthorCreate', examples: [{ name: 'Tomasz Wren', bio: 'Bakes on Chandler Street.' }] });
export type AuthorCreate = z.output<typeof AuthorCreate>;

const example = {
  id: 2,
  name: 'Tomasz Wren',
  slug: 'tomasz-wren',
  bio: 'Bakes on Chandler Street.',
  version: 1,
  createdAt: '2026-01-12T09:30:00.000Z',
  updatedAt: '2026-01-12T09:30:00.000Z',
};

export const Author = z
  .object({
    id: idOut,
    name: nameOut,
    slug: slugOut,
    email: z
      .string()
      .max(MAX.email)
      .nullable()
      .optional()
      .meta({ description: 'Only readers, editors and admins get this field.' }),
    bio: z.string().max(MAX.bio).nullable(),
    version: versionOut,
    createdAt: dateTimeOut,
    updatedAt: dateTimeOut,
  })
  .meta({ id: 'Author', description: 'A byline. An author needs no account.', examples: [example] });

export const AUTHOR_FIELDS = Object.keys(Author.shape) as (keyof typeof Author.shape)[];

export const AuthorList = envelopeOf(Author).meta({
  id: 'AuthorList',
  examples: [{ data: [example], page: { limit: 20, next: null, previous: null } }],
});

export const AuthorListQuery = z.strictObject({ ...pageParameters, fields: fieldsParam(AUTHOR_FIELDS) });
export type AuthorListQuery = z.output<typeof AuthorListQuery>;

export const AuthorIdOrSlugParams = z.object({ idOrSlug: idOrSlugParam });
export type AuthorIdOrSlugParams = z.output<typeof AuthorIdOrSlugParams>;
