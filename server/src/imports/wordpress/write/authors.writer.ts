import type { Database } from '../../../database/database.ts';
import { listSlugsLike } from '../../../slugs/slugs.queries.ts';
import { AUTHOR_PARTS, type PlannedAuthor, planAuthor } from '../plan/author-plan.ts';
import { changedParts } from '../plan/digest.ts';
import { formatChange } from '../plan/warnings.ts';
import { type ImportContext, mapByKey, reportWarnings } from './import-context.ts';
import { listImportedAuthors, updateDigest } from './imported-rows.queries.ts';
import { insertAuthors } from './insert-rows.queries.ts';
import { insertWithRetry } from './insert-with-retry.ts';
import { SlugAllocator } from './slug-allocator.ts';
import { updateAuthor } from './update-rows.queries.ts';

/** Writes the authors of a file. Returns their ids by key. */
export async function writeAuthors(db: Database, context: ImportContext): Promise<Map<string, number>> {
  const authors = Array.from(context.exportIndex.authors.values(), planAuthor);
  const keys = authors.map(({ key }) => key);
  const importedAuthors = mapByKey(await listImportedAuthors(db, context.source, keys));
  const ids = new Map(Array.from(importedAuthors.values(), ({ key, id }) => [key, id]));
  const newAuthors = authors.filter(({ key }) => !importedAuthors.has(key));
  for (const [key, id] of await createAuthors(db, context, newAuthors)) ids.set(key, id);
  for (const author of authors) {
    const row = importedAuthors.get(author.key);
    if (row) await updateIfChanged(db, context, author, row);
  }
  return ids;
}

async function createAuthors(db: Database, context: ImportContext, authors: PlannedAuthor[]) {
  const plans = mapByKey(authors);
  const slugs = new SlugAllocator((stem) => listSlugsLike(db, 'authors', stem));
  const newRows = authors.map(({ key, name, slug, email, digest }) => ({
    key,
    name,
    slug,
    email,
    digest: digest.toString('hex'),
  }));
  const inserted = await insertWithRetry(
    newRows,
    (rows) => insertAuthors(db, context.source, rows),
    async (row) => ({ ...row, slug: await slugs.allocate(plans.get(row.key)?.slug ?? row.slug) }),
  );
  return inserted.map(({ row, id }): [key: string, id: number] => {
    const plan = plans.get(row.key);
    if (plan) reportCreated(context, plan, row.slug);
    return [row.key, id];
  });
}

function reportCreated(context: ImportContext, author: PlannedAuthor, slug: string): void {
  context.report.count('authors', 'created');
  if (slug !== author.slug) author.warnings.add('the slug was already in use', formatChange(author.slug, slug));
  reportWarnings(context, 'authors', author);
}

async function updateIfChanged(
  db: Database,
  context: ImportContext,
  author: PlannedAuthor,
  row: { id: number; digest: Buffer },
): Promise<void> {
  const parts = author.isDeclared ? changedParts(AUTHOR_PARTS, row.digest, author.digest) : [];
  if (parts.length === 0) return context.report.count('authors', 'unchanged');
  await updateAuthor(db, row.id, Object.fromEntries(parts.map((part) => [part, author[part]])));
  await updateDigest(db, context.source, 'author', author.key, author.digest);
  context.report.update('authors', author.line, parts);
  reportWarnings(context, 'authors', author);
}
