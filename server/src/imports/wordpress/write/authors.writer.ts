import type { Database } from '../../../database/database.ts';
import { listSlugsLike } from '../../../slugs/slugs.queries.ts';
import { AUTHOR_PARTS, type AuthorPart, type PlannedAuthor, planAuthor } from '../plan/author-plan.ts';
import { changedParts } from '../plan/digest.ts';
import { formatChange } from '../plan/warnings.ts';
import { AddressWriter } from './addresses.writer.ts';
import { type ImportContext, mapByKey, reportWarnings } from './import-context.ts';
import { listImportedAuthors, updateDigest } from './imported-rows.queries.ts';
import { insertAuthors } from './insert-rows.queries.ts';
import { insertWithRetry } from './insert-with-retry.ts';
import { SlugAllocator } from './slug-allocator.ts';
import { updateAuthor } from './update-rows.queries.ts';

/** Writes the authors of a file. Returns their ids by key. */
export async function writeAuthors(db: Database, context: ImportContext): Promise<Map<string, number>> {
  const authors = Array.from(context.exportIndex.authors.values(), (author) =>
    planAuthor(author, context.exportIndex.site),
  );
  const addresses = new AddressWriter(db, context);
  const keys = authors.map(({ key }) => key);
  const importedAuthors = mapByKey(await listImportedAuthors(db, context.source, keys));
  const ids = new Map(Array.from(importedAuthors.values(), ({ key, id }) => [key, id]));
  const newAuthors = authors.filter(({ key }) => !importedAuthors.has(key));
  for (const [key, id] of await createAuthors(db, context, newAuthors)) ids.set(key, id);
  for (const author of authors) {
    const row = importedAuthors.get(author.key);
    const id = ids.get(author.key);
    const parts = row ? changedPartsOf(author, row.digest) : AUTHOR_PARTS;
    if (row) await updateIfChanged(db, context, author, row, parts);
    if (id !== undefined) addresses.add(author.addresses, { type: 'author', id }, parts.includes('address'));
  }
  await addresses.flush();
  return ids;
}

const changedPartsOf = (author: PlannedAuthor, before: Buffer) =>
  author.isDeclared ? changedParts(AUTHOR_PARTS, before, author.digest) : [];

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
  { id }: { id: number },
  parts: readonly AuthorPart[],
): Promise<void> {
  if (parts.length === 0) return context.report.count('authors', 'unchanged');
  const { name, email } = author;
  await updateAuthor(db, id, { ...(parts.includes('name') && { name }), ...(parts.includes('email') && { email }) });
  await updateDigest(db, context.source, 'author', author.key, author.digest);
  context.report.update('authors', author.line, parts);
  reportWarnings(context, 'authors', author);
}
