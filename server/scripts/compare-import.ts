// node scripts/compare-import.ts export.xml, with the settings of the database into which `rubric import wordpress` has
// just imported this file and no other: compares every post, term and link with what the database has. Prints one line of
// JSON with the counts and the differences; the exit status is 1 if there are any.
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { withDatabase } from '../src/cli/with-database.ts';
import { decodeEntities, type ExportedPost, type ExportedTerm, readExport } from './read-export.ts';

interface Article {
  key: string;
  title: string;
  slug: string;
  content: string;
  excerpt: string | null;
  created: string;
  updated: string;
  published: string | null;
  trashed: boolean;
  links: string[];
  authors: string[];
}

interface Category extends ExportedTerm {
  key: string;
}

const GMT = "at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'";
const ARTICLES = sql.raw(`
  select row.external_id as key, title, slug, content, excerpt, to_char(created_at ${GMT}) as created,
    to_char(updated_at ${GMT}) as updated, to_char(published_at ${GMT}) as published, deleted_at is not null as trashed,
    array(select external_id from article_categories as link join imported_rows as term using (category_id)
      where link.article_id = article.id order by position) as links,
    array(select external_id from article_authors as link join imported_rows as author using (author_id)
      where link.article_id = article.id order by position) as authors
  from imported_rows as row join articles as article on article.id = row.article_id`);
const CATEGORIES = sql.raw(`
  select row.external_id as key, name, slug, coalesce(description, '') as description,
    coalesce((select external_id from imported_rows where category_id = category.parent_id), '') as parent
  from imported_rows as row join categories as category on category.id = row.category_id`);

const counts: Record<string, number> = {};
const differences: string[] = [];
const count = (name: string) => void (counts[name] = (counts[name] ?? 0) + 1);

function compare(what: string, inFile: unknown, inDatabase: unknown): void {
  if (JSON.stringify(inFile) !== JSON.stringify(inDatabase))
    differences.push(`${what}: ${JSON.stringify(inFile)} is ${JSON.stringify(inDatabase)}`.slice(0, 300));
}

/** Without what makes paragraphs: the import adds it to texts of the classic editor. */
const words = (html: string) => html.replace(/<\/?p(?:\s[^<>]*)?>|<br\s*\/?>|[ \t\n\v\f\r]/gi, '');

function compareText(what: string, inFile: string, inDatabase: string): void {
  const hasBlocks = inFile.includes('<!-- wp:');
  count(hasBlocks ? 'texts of blocks' : 'texts of the classic editor');
  const [a, b] = [inFile, inDatabase].map((text) => (hasBlocks ? text : words(text))) as [string, string];
  if (hash('sha256', a) === hash('sha256', b)) return;
  const start = Array.from(a.length > b.length ? a : b).findIndex((_, index) => a[index] !== b[index]);
  differences.push(
    `${what} at ${start}: ${JSON.stringify([a, b].map((text) => text.slice(Math.max(start - 40, 0), start + 60)))}`,
  );
}

const plainText = (html: string) =>
  decodeEntities(html.replace(/<!--[\s\S]*?-->|<\/?[a-z][^<>]*>/gi, ' ')).replace(/[ \t\n\v\f\r]+/g, '');

/** Posts of other tools that have no id, guid or slug of their own. */
function keyByText(post: ExportedPost, articles: Map<string, Article>): string | undefined {
  return articles
    .values()
    .find(
      (row) =>
        /^(?:text|post):/.test(row.key) &&
        row.title === post.title &&
        (row.created === post.date || !isDate(post.date)),
    )?.key;
}

function comparePost(post: ExportedPost, article: Article): void {
  const what = (field: string) => `${field} of post ${post.id || post.guid}`;
  count(`posts ${post.status}`);
  compareText(what('text'), post.content, article.content);
  compare(what('excerpt'), plainText(post.excerpt), plainText(article.excerpt ?? ''));
  compare(what('links'), post.links, article.links);
  compare(what('number of authors'), new Set(post.authors).size, article.authors.length);
  if (post.title !== '') compare(what('title'), post.title, article.title);
  else count('posts without a title');
  compareSlug('posts', post.slug.replace(/__trashed(-\d+)?$/, ''), article.slug);
  compareState(what('state'), post, article);
  if (isDate(post.date) && !isFuture(post.date)) compare(what('date'), post.date, article.created);
  else count('posts without a past date in GMT');
  if (isDate(post.modified)) compare(what('change'), post.modified, article.updated);
}

function compareState(what: string, post: ExportedPost, article: Article): void {
  compare(what, post.status === 'trash', article.trashed);
  const isPublic = ['publish', 'future'].includes(post.status) && !post.isProtected;
  if (post.status === 'trash') return;
  if (isPublic && isDate(post.date)) compare(`${what} (published)`, post.date, article.published);
  else compare(`${what} (published)`, isPublic, article.published !== null);
}

const isDate = (text: string) => /^[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text);
const isFuture = (text: string) => Date.parse(`${text}Z`) > Date.now();

/** A slug changes where Rubric allows other characters, or where another row has it. */
function compareSlug(kind: string, inFile: string, inDatabase: string): void {
  if (inFile === inDatabase) return count(`slugs of ${kind} unchanged`);
  const isValid = /^(?!\d+$)[a-z0-9]+(-[a-z0-9]+)*$/.test(inFile);
  count(`slugs of ${kind} ${inFile === '' ? 'made' : isValid ? 'in use' : 'changed'}`);
  if (isValid && !inFile.startsWith(inDatabase.replace(/-\d+$/, ''))) compare(`slug of ${kind}`, inFile, inDatabase);
}

function compareTerm(key: string, term: ExportedTerm, category: Category, terms: Map<string, ExportedTerm>): void {
  count(key.startsWith('tag:') ? 'tags' : 'categories');
  compareSlug('terms', term.slug, category.slug);
  if (category.name.startsWith(`${term.name} (`)) count('terms renamed beside one with the same name');
  else compare(`name of ${key}`, term.name, category.name);
  compare(`description of ${key}`, term.description, category.description);
  const named = [...terms].find(([, other]) => other.name === term.parent)?.[0];
  const parentKey = terms.has(`category:slug:${term.parent.toLowerCase()}`)
    ? `category:slug:${term.parent.toLowerCase()}`
    : (named ?? '');
  compare(`parent of ${key}`, key.startsWith('tag:') ? 'tags' : parentKey, category.parent);
}

const [file = ''] = process.argv.slice(2);
const exported = readExport(readFileSync(file));
await withDatabase(async (db) => {
  const articles = new Map(
    (await db.execute<Article & Record<string, unknown>>(ARTICLES)).rows.map((row) => [row.key, row]),
  );
  const categories = new Map(
    (await db.execute<Category & Record<string, unknown>>(CATEGORIES)).rows.map((row) => [row.key, row]),
  );
  for (const post of exported.posts) {
    const keys = [`id:${Number(post.id)}`, `guid:${post.guid}`, `slug:${post.slug}`];
    const key = keys.find((each) => articles.has(each)) ?? keyByText(post, articles);
    const article = articles.get(key ?? '');
    if (article) comparePost(post, article);
    else differences.push(`post ${post.id} ${post.title} is missing`);
    articles.delete(key ?? '');
  }
  for (const [key, term] of exported.terms) {
    const category = categories.get(key);
    if (category) compareTerm(key, term, category, exported.terms);
    else differences.push(`${key} is missing`);
    categories.delete(key);
  }
  for (const key of [...articles.keys(), ...categories.keys()])
    if (key !== 'tags') differences.push(`${key} is not in the file`);
});
counts['links'] = exported.posts.reduce((sum, { links }) => sum + links.length, 0);
process.stdout.write(`${JSON.stringify({ file, language: exported.language, counts, differences })}\n`);
if (differences.length > 0) process.exitCode = 1;
