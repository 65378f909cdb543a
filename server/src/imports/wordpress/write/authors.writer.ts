import type { Database } from '../../../database/database.ts';
import { MAX } from '../../../database/schema/field-limits.ts';
import { slugify } from '../../../slugs/slug.ts';
import { listSlugsLike } from '../../../slugs/slugs.queries.ts';
import { changedParts, digestOf } from '../plan/digest.ts';
import type { SurveyedAuthor } from '../plan/export-index.ts';
import { brief, changed, Notes } from '../report/warnings.ts';
import type { ImportRun } from './import-context.ts';
import { byKey, enterNotes } from './import-context.ts';
import { insertAuthors } from './insert-rows.queries.ts';
import { insertAll } from './insert-with-retry.ts';
import { FreeSlugs } from './slug-allocator.ts';
import { listImportedAuthors, updateAuthor, updateDigest } from './update-rows.queries.ts';

const PARTS = ['name', 'email'] as const;

interface PlannedAuthor {
  key: string;
  line: number;
  declared: boolean;
  name: string;
  slug: string;
  email: string | null;
  digest: Buffer;
  notes: Notes;
}

/** The slug is made of the name: a login is half of a password, and often an e-mail address. */
function planAuthor({ key, line, declared, login, name, email }: SurveyedAuthor): PlannedAuthor {
  const notes = new Notes();
  if (!declared) notes.add('declared nowhere, only named by articles', brief(name));
  const shown = notes.filled(name, MAX.name, 'the name', login);
  const isEmail = /^[^\s@]+@[^\s@]+$/.test(email) && email.length <= MAX.email;
  if (email !== '' && !isEmail) notes.add('what stands for an e-mail address is none', brief(email));
  const digest = digestOf({ name, email });
  return {
    key,
    line,
    declared,
    name: shown,
    slug: slugify(shown, 'author'),
    email: isEmail ? email : null,
    digest,
    notes,
  };
}

/** Writes the authors of a file. Returns their ids by their keys. */
export async function writeAuthors(db: Database, run: ImportRun): Promise<Map<string, number>> {
  const planned = Array.from(run.survey.authors.values(), planAuthor);
  const known = byKey(
    await listImportedAuthors(
      db,
      run.source,
      planned.map(({ key }) => key),
    ),
  );
  const ids = new Map(Array.from(known.values(), ({ key, id }) => [key, id]));
  const fresh = planned.filter(({ key }) => !known.has(key));
  for (const [key, id] of await create(db, run, fresh)) ids.set(key, id);
  for (const author of planned) {
    const row = known.get(author.key);
    if (row) await settle(db, run, author, row);
  }
  return ids;
}

async function create(db: Database, run: ImportRun, planned: PlannedAuthor[]): Promise<[string, number][]> {
  const plans = byKey(planned);
  const slugs = new FreeSlugs((stem) => listSlugsLike(db, 'authors', stem));
  const rows = planned.map(({ key, name, slug, email, digest }) => ({
    key,
    name,
    slug,
    email,
    digest: digest.toString('hex'),
  }));
  const inserted = await insertAll(
    rows,
    (some) => insertAuthors(db, run.source, some),
    async (row) => ({ ...row, slug: await slugs.take(plans.get(row.key)?.slug ?? row.slug) }),
  );
  return inserted.map(({ row, id }) => {
    const plan = plans.get(row.key);
    if (plan) enter(run, plan, row.slug);
    return [row.key, id];
  });
}

function enter(run: ImportRun, author: PlannedAuthor, slug: string): void {
  run.ledger.add('authors', 'created');
  if (slug !== author.slug) author.notes.add('the slug was taken', changed(author.slug, slug));
  enterNotes(run, 'authors', author);
}

async function settle(db: Database, run: ImportRun, author: PlannedAuthor, row: { id: number; digest: Buffer }) {
  const parts = author.declared ? changedParts(PARTS, row.digest, author.digest) : [];
  if (parts.length === 0) return run.ledger.add('authors', 'unchanged');
  await updateAuthor(db, row.id, Object.fromEntries(parts.map((part) => [part, author[part]])));
  await updateDigest(db, run.source, 'author', author.key, author.digest);
  run.ledger.update('authors', author.line, parts);
  enterNotes(run, 'authors', author);
}
