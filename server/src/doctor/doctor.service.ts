import { readFileSync } from 'node:fs';
import type { Database } from '../database/database.ts';
import { SLUG_PATTERN } from '../database/schema/field-limits.ts';
import {
  listAlteredRules,
  listBadSlugs,
  listBadVersions,
  listCategoryCycles,
  listLinksWithoutPosition,
  listMiscountedArticles,
  listMiscountedCategories,
  listMisplacedArticles,
  listMisplacedLinks,
  listMissingParents,
  listSequencesBehind,
  listSharedNames,
  listStaleWords,
  updateStatementTimeout,
} from './doctor.queries.ts';

/** What `npm run generate` writes: a test holds it against the migrations. */
const SCHEMA = new URL('../../schema.sql', import.meta.url);

/** Every invariant by what it says, with the query that lists what breaks it. */
const CHECKS: Record<string, (db: Database) => ReturnType<typeof listBadVersions>> = {
  'constraints, indexes, triggers and functions are as the migrations made them': (db) => {
    const schema = readFileSync(SCHEMA, 'utf8');
    return listAlteredRules(db, schema, namesIn(schema));
  },
  'every parent of a category exists': listMissingParents,
  'no category is its own ancestor': listCategoryCycles,
  'categories beside one another have different names': listSharedNames,
  'slugs are well formed, and unique': (db) => listBadSlugs(db, SLUG_PATTERN),
  'articles are listed when they are published': listMisplacedArticles,
  'links have both ends and are listed when their article is': listMisplacedLinks,
  'links have a position': listLinksWithoutPosition,
  'articles are counted where they are filed': listMiscountedArticles,
  'counts of categories are exact, now and at every instant to come': listMiscountedCategories,
  'searches see the words of the articles': listStaleWords,
  'versions count up from 1': listBadVersions,
  'ids that come next are free': listSequencesBehind,
};

/** The names that a dump of the schema gives to what can be altered. */
function namesIn(schema: string): string[] {
  const named =
    /^ *(?:constraint|create (?:unique )?index|create trigger|create or replace function public\.|.* add constraint) *(\w+)/gim;
  return [...new Set([...schema.matchAll(named)].map(([, name]) => name as string))];
}

export interface Finding {
  /** What should be true. */
  check: string;
  /** How much differs. */
  differences: number;
  /** The first few, each in a sentence. */
  first: string[];
}

/**
 * Holds everything that is stored against everything that should be true, all of it in one snapshot: it may run while a
 * server writes, and changes nothing.
 *
 * @param onFinding called with each as it is known
 */
export async function examine(
  db: Database,
  onFinding: (finding: Finding) => void = () => undefined,
): Promise<Finding[]> {
  return db.transaction(
    async (tx) => {
      await updateStatementTimeout(tx);
      const findings: Finding[] = [];
      for (const [check, list] of Object.entries(CHECKS)) {
        const { rows } = await list(tx);
        const finding = { check, differences: rows[0]?.total ?? 0, first: rows.map(({ difference }) => difference) };
        findings.push(finding);
        onFinding(finding);
      }
      return findings;
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
