import { z } from 'zod';
import type { articles } from '../database/schema/content.ts';
import { CONTENT_FORMATS } from '../database/schema/enums.ts';
import { MAX } from '../database/schema/field-limits.ts';
import { DEFAULT_BODY_LIMIT_BYTES } from '../http/request-limits.ts';
import { filledText, slug, slugOut, text } from '../http/wire.schema.ts';
import { recordOf } from './record-of.ts';

type Row = typeof articles.$inferSelect;
/** The columns that a request cannot set, and `publishedAt`, whose form differs between requests and responses. */
type ManagedColumn =
  | 'id'
  | 'ownerId'
  | 'publishedAt'
  | 'deletedAt'
  | 'listedAt'
  | 'version'
  | 'createdAt'
  | 'updatedAt';

interface Field<T> {
  /** The schema of the field in requests. */
  accepts: z.ZodType<T>;
  /** The schema of the field in responses. */
  returns: z.ZodType<T>;
  /** The value in a new article if the request omits the field. Without it, a request must contain the field. */
  initial?: T;
  /** Lists omit the field unless `fields` names it. */
  inLists?: false;
}

const content = text(Number.POSITIVE_INFINITY).meta({
  description: 'Limited only by the length of the body, BODY_LIMIT_BYTES (default: 1 MiB).',
  maxLength: DEFAULT_BODY_LIMIT_BYTES,
});
const contentFormat = z.enum(CONTENT_FORMATS);

/**
 * The fields of an article that a client can write, in the order of the response. Their columns, checks and indexes are in
 * `database/schema/content.ts`; a new column does not compile until it has an entry here or is a `ManagedColumn`.
 */
export const ARTICLE_FIELDS = {
  title: { accepts: filledText(MAX.title), returns: z.string().max(MAX.title) },
  slug: { accepts: slug(MAX.slug), returns: slugOut },
  excerpt: { accepts: text(MAX.excerpt).nullable(), returns: z.string().max(MAX.excerpt).nullable(), initial: null },
  content: { accepts: content, returns: z.string(), initial: '', inLists: false },
  contentFormat: { accepts: contentFormat, returns: contentFormat, initial: 'markdown' },
} as const satisfies { [N in Exclude<keyof Row, ManagedColumn>]: Field<Row[N]> };

type Fields = typeof ARTICLE_FIELDS;
export type FieldName = keyof Fields;
type FieldsWith<Key extends keyof Field<unknown>> = {
  [N in FieldName]: Fields[N] extends Record<Key, unknown> ? N : never;
}[FieldName];
/** The values of all fields in a row. */
export type FieldValues = Pick<Row, FieldName>;

// Derived once, when the module loads. The casts restore the types of the entries, which are lost in a loop over them.
export const FIELD_NAMES = Object.keys(ARTICLE_FIELDS) as FieldName[];
const fieldsWith = <Key extends keyof Field<unknown>>(key: Key) =>
  FIELD_NAMES.filter((name): name is FieldsWith<Key> => key in ARTICLE_FIELDS[name]);
export const UNLISTED_FIELDS = fieldsWith('inLists');
export const isUnlisted = (name: string) => (UNLISTED_FIELDS as string[]).includes(name);

const accepts = (name: FieldName) => ARTICLE_FIELDS[name].accepts;
export const ACCEPTED_FIELDS = recordOf(FIELD_NAMES, accepts) as { [N in FieldName]: Fields[N]['accepts'] };
const requiredNames = FIELD_NAMES.filter((name) => !('initial' in ARTICLE_FIELDS[name]));
/** Those of `ACCEPTED_FIELDS` that have no initial value. */
export const REQUIRED_FIELDS = recordOf(requiredNames, accepts) as Omit<typeof ACCEPTED_FIELDS, FieldsWith<'initial'>>;
export const RETURNED_FIELDS = recordOf(FIELD_NAMES, (name) => ARTICLE_FIELDS[name].returns) as {
  [N in FieldName]: Fields[N]['returns'];
};
export const INITIAL_VALUES = recordOf(fieldsWith('initial'), (name) => ARTICLE_FIELDS[name].initial) as Pick<
  Row,
  FieldsWith<'initial'>
>;
