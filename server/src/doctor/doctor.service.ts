import { readFileSync } from 'node:fs';
import { FIELD_NAMES } from '../articles/article-fields.ts';
import { ARTICLE_RELATIONS } from '../articles/article-relations.ts';
import type { Database } from '../database/database.ts';
import { articles } from '../database/schema/content.ts';
import { SLUG_PATTERN } from '../database/schema/field-limits.ts';
import { listBrokenOldSlugs, listBrokenRedirects } from './address-checks.queries.ts';
import {
  listAlteredSchemaObjects,
  listBrokenLinks,
  listCategoryCycles,
  listDuplicateNames,
  listInvalidRanks,
  listInvalidSlugs,
  listInvalidVersions,
  listLaggingSequences,
  listLinksWithoutPosition,
  listMissingParents,
  listWrongCategoryCounts,
  listWrongCategoryPaths,
  listWrongCountedArticles,
  listWrongSortKeys,
  updateSettings,
} from './doctor.queries.ts';
import {
  listBrokenRevisionTexts,
  listTextsInOldEntries,
  listWrongDrafts,
  listWrongNames,
  listWrongRevisions,
} from './revision-checks.queries.ts';
import { type CheckOptions, listStaleDocumentsInParts, type Violation } from './search-documents.reader.ts';

/** Written by `npm run generate`. A test compares it with the migrations. */
const SCHEMA = new URL('../../schema.sql', import.meta.url);

const RELATIONS = Object.values(ARTICLE_RELATIONS);
/** The columns of the fields that cannot be null. */
const REQUIRED_TEXTS = Object.fromEntries(
  FIELD_NAMES.filter((field) => articles[field].notNull).map((field) => [field, articles[field].name]),
);

type Check = (db: Database, options: CheckOptions) => Promise<{ rows: Violation[] }>;

/** The invariants, each with the query that lists its violations. */
const CHECKS: Record<string, Check> = {
  'constraints, indexes, triggers and functions match the migrations': (db) => {
    const schema = readFileSync(SCHEMA, 'utf8');
    return listAlteredSchemaObjects(db, schema, objectNames(schema));
  },
  'parents of categories exist': listMissingParents,
  'no category is its own ancestor': listCategoryCycles,
  'sibling categories have different names': listDuplicateNames,
  'slugs are valid and unique': (db) => listInvalidSlugs(db, RELATIONS, SLUG_PATTERN),
  'articles have the sort key of their publication': listWrongSortKeys,
  'links have both ends and the sort key of their article': (db) => listBrokenLinks(db, RELATIONS),
  'links have a position': (db) => listLinksWithoutPosition(db, RELATIONS),
  'articles of a category have different ranks': listInvalidRanks,
  'articles are counted in their categories': listWrongCountedArticles,
  'categories are counted in their ancestors': listWrongCategoryPaths,
  'counts of categories are exact, now and at every scheduled publication': listWrongCategoryCounts,
  'search documents match their articles': listStaleDocumentsInParts,
  'revisions end with the article as it is': (db) => listWrongRevisions(db, RELATIONS),
  'texts of revisions are there': (db) => listBrokenRevisionTexts(db, REQUIRED_TEXTS),
  'texts of articles have left the audit log': listTextsInOldEntries,
  'working drafts have the revision that they began from': (db) => listWrongDrafts(db, RELATIONS),
  'the history of names ends with the present names': (db) => listWrongNames(db, RELATIONS),
  'old slugs lead to rows, and no row has them': listBrokenOldSlugs,
  'redirects lead to rows, from paths that can be found': listBrokenRedirects,
  'versions are 1 or more': (db) => listInvalidVersions(db, RELATIONS),
  'next ids are free': (db) => listLaggingSequences(db, RELATIONS),
};

/** Returns the names of the constraints, indexes, triggers and functions in a dump of the schema. */
function objectNames(schema: string): string[] {
  const pattern =
    /^ *(?:constraint|create (?:unique )?index|create trigger|create or replace function public\.|.* add constraint) *(\w+)/gim;
  return [...new Set([...schema.matchAll(pattern)].map(([, name]) => name as string))];
}

/** The result of one check. */
export interface Finding {
  /** The invariant. */
  check: string;
  /** The number of violations. */
  differences: number;
  /** The first violations, each in a sentence. */
  first: string[];
}

export interface RunOptions {
  /** Compares the search document of each article, not of a sample. */
  isFull?: boolean;
  /** Called with each result as soon as it is known. */
  onFinding?: (finding: Finding) => void;
  /** Called when a check begins and while it goes on, with the share that is done, from 0 to 1. */
  onProgress?: (check: string, done: number) => void;
}

/** Runs all checks in one snapshot. Can run while a server writes, and changes nothing. */
export async function runChecks(
  db: Database,
  { isFull = false, onFinding, onProgress }: RunOptions = {},
): Promise<Finding[]> {
  return db.transaction(
    async (tx) => {
      await updateSettings(tx);
      const findings: Finding[] = [];
      for (const [check, listViolations] of Object.entries(CHECKS)) {
        onProgress?.(check, 0);
        const { rows } = await listViolations(tx, { isFull, onProgress: (done) => onProgress?.(check, done) });
        const finding = { check, differences: rows[0]?.total ?? 0, first: rows.map(({ difference }) => difference) };
        findings.push(finding);
        onFinding?.(finding);
      }
      return findings;
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
