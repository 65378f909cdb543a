import { afterAll, onTestFinished } from 'vitest';
import { type Connection, connect } from '../../src/database/connection.ts';
import type { Entry, Kind, Sums } from '../../src/imports/wordpress/report/import-report.ts';
import { type ImportOptions, importWordPress } from '../../src/imports/wordpress/wordpress.service.ts';
import { cloneDatabase } from '../harness/server.ts';

const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** An export of a site of one's own, around what a test is about. Each piece is on a line of its own, from line 5 on. */
export function exported(pieces: string[], { url = 'https://harbour.example', title = 'Harbour Notes' } = {}): string {
  const wp = 'http://wordpress.org/export/1.2/';
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="${wp}" xmlns:excerpt="${wp}excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>${title}</title>${url && `<wp:base_blog_url>${url}</wp:base_blog_url>`}<wp:wxr_version>1.2</wp:wxr_version>
${pieces.map((piece) => piece.replaceAll('\n', '&#10;').replace(/<!\[CDATA\[(?:[^\]]|\](?!\]>))*\]\]>/g, (section) => section.replaceAll('&#10;', '\n'))).join('\n')}
</channel></rss>`;
}

/** The line of a piece, counted from 0, unless a piece before it has several. */
export const lineOf = (piece: number) => 5 + piece;

export const author = (login: string, name = login, email = '') =>
  `<wp:author><wp:author_login>${cdata(login)}</wp:author_login><wp:author_email>${email}</wp:author_email><wp:author_display_name>${cdata(name)}</wp:author_display_name></wp:author>`;

export const category = (slug: string, { name = slug, parent = '', description = '' } = {}) =>
  `<wp:category><wp:category_nicename>${cdata(slug)}</wp:category_nicename><wp:category_parent>${cdata(parent)}</wp:category_parent><wp:cat_name>${cdata(name)}</wp:cat_name><wp:category_description>${cdata(description)}</wp:category_description></wp:category>`;

export const tag = (slug: string, name = slug) =>
  `<wp:tag><wp:tag_slug>${cdata(slug)}</wp:tag_slug><wp:tag_name>${cdata(name)}</wp:tag_name></wp:tag>`;

export const term = (taxonomy: string, slug: string, { name = slug, parent = '', description = '' } = {}) =>
  `<wp:term><wp:term_taxonomy>${taxonomy}</wp:term_taxonomy><wp:term_slug>${slug}</wp:term_slug><wp:term_parent>${parent}</wp:term_parent><wp:term_name>${cdata(name)}</wp:term_name><wp:term_description>${cdata(description)}</wp:term_description></wp:term>`;

export const link = (slug: string | null, { name = slug ?? '', taxonomy = 'category' } = {}) =>
  `<category domain="${taxonomy}"${slug === null ? '' : ` nicename="${slug}"`}>${cdata(name)}</category>`;

export interface Post {
  id?: number | null;
  title?: string;
  slug?: string;
  type?: string;
  status?: string;
  trashedFrom?: string;
  /** `2024-06-05 16:04:48`, in GMT. */
  date?: string;
  modified?: string;
  content?: string;
  excerpt?: string;
  creator?: string;
  password?: string;
  sticky?: boolean;
  guid?: string;
  links?: string[];
  comments?: number;
}

export function post({
  id = 1,
  title = `Post ${id}`,
  slug = `post-${id}`,
  type = 'post',
  status = 'publish',
  ...rest
}: Post = {}): string {
  const {
    date = '2024-06-05 16:04:48',
    modified = date,
    content = '',
    excerpt = '',
    creator = '',
    password = '',
  } = rest;
  const dates = [
    ['post_date', date],
    ['post_modified', modified],
  ]
    .flatMap(([name, at]) => [
      [name, at],
      [`${name}_gmt`, at],
    ])
    .map(([name, at]) => `<wp:${name}>${at}</wp:${name}>`);
  const trashed = `<wp:postmeta><wp:meta_key>_wp_trash_meta_status</wp:meta_key><wp:meta_value>${rest.trashedFrom}</wp:meta_value></wp:postmeta>`;
  return [
    `<item><title>${cdata(title)}</title><dc:creator>${cdata(creator)}</dc:creator>`,
    id === null ? '' : `<wp:post_id>${id}</wp:post_id>`,
    `<guid isPermaLink="false">${rest.guid ?? (id === null ? '' : `https://harbour.example/?p=${id}`)}</guid>`,
    `<content:encoded>${cdata(content)}</content:encoded><excerpt:encoded>${cdata(excerpt)}</excerpt:encoded>`,
    `<wp:post_name>${cdata(slug)}</wp:post_name><wp:status>${status}</wp:status><wp:post_type>${type}</wp:post_type>`,
    ...dates,
    `<wp:post_password>${cdata(password)}</wp:post_password><wp:is_sticky>${rest.sticky ? 1 : 0}</wp:is_sticky>`,
    ...(rest.links ?? []),
    rest.trashedFrom === undefined ? '' : trashed,
    '<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>'.repeat(rest.comments ?? 0),
    '</item>',
  ].join('');
}

export interface Imported {
  sums: Record<Kind, Sums>;
  /** What was skipped, updated or noted, without what every entry has. */
  entries: Entry[];
  /** The reasons given for a kind, with their details: `reason: detail`. */
  said: (kind: Entry['kind'], what?: Entry['what']) => string[];
}

/** A text as a file is read. */
export async function* inChunks(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
}

/** Imports a text as if it were a file. */
export async function importText(
  { db }: Pick<Connection, 'db'>,
  text: string,
  options: Partial<ImportOptions> = {},
): Promise<Imported> {
  const { sums, ledger } = await importWordPress(db, () => inChunks(text), { dryRun: false, tags: true, ...options });
  const groups = (['skipped', 'updated', 'noted'] as const).flatMap((what) => ledger.groups(what));
  const entries = groups.flatMap((group) => [...group.entries()]);
  const said: Imported['said'] = (kind, what = 'noted') =>
    entries
      .filter((entry) => entry.kind === kind && entry.what === what)
      .map(({ reason, detail }) => (detail === null ? reason : `${reason}: ${detail}`));
  return { sums, entries, said };
}

/** What became of each of a kind, in short: `created/updated/unchanged/skipped`. */
export function outcomes({ sums }: Pick<Imported, 'sums'>, ...kinds: Kind[]): string[] {
  return kinds.map((kind) => {
    const { created, updated, unchanged, skipped } = sums[kind];
    return `${kind} ${created}/${updated}/${unchanged}/${skipped}`;
  });
}

/** A clone takes half a second, emptying one a twentieth: a test gives its database back, and the next one takes it. */
const idle: { database: TestDatabase; drop: () => Promise<void> }[] = [];

afterAll(async () => {
  for (const { database, drop } of idle.splice(0)) {
    await database.close();
    await drop();
  }
});

async function cloned() {
  const { url, drop } = await cloneDatabase();
  const connection = connect({
    connectionString: url,
    poolSize: 5,
    statementTimeoutMs: 10_000,
    prepare: true,
    pipeline: true,
  });
  const rows = async <T = Record<string, unknown>>(statement: string, values: unknown[] = []) =>
    (await connection.pool.query(statement, values)).rows as T[];
  return { database: { ...connection, url, rows }, drop };
}

/** An empty database of the test's own, and a way to its rows. */
export async function newDatabase(): Promise<TestDatabase> {
  const found = idle.pop() ?? (await cloned());
  const { database } = found;
  onTestFinished(async () => {
    const tables = await database.rows<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'audit_log'",
    );
    await database.rows(`truncate ${tables.map(({ name }) => name).join(', ')} restart identity cascade`);
    idle.push(found);
  });
  return database;
}

export type TestDatabase = Awaited<ReturnType<typeof cloned>>['database'];

/** The tree as `parent > child`, siblings by position and id. */
export async function treeOf({ rows }: TestDatabase): Promise<string[]> {
  const found = await rows<{ path: string }>(`
    with recursive tree as (
      select id, name || ' [' || slug || ']' as path, array[position, id] as place from categories where parent_id is null
      union all
      select c.id, path || ' > ' || name || ' [' || slug || ']', place || array[c.position, c.id]
      from categories as c join tree on c.parent_id = tree.id)
    select path from tree order by place`);
  return found.map(({ path }) => path);
}

/** Every row of every table that an import may write, with its version and times, to see that nothing was written. */
export async function everything({ rows }: TestDatabase): Promise<unknown> {
  const tables = ['articles', 'categories', 'authors', 'article_categories', 'article_authors', 'imported_rows'];
  return Promise.all(tables.map((table) => rows(`select xmin, * from ${table} order by 2, 3, 4`)));
}
