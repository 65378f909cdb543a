import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../access/principal.ts';
import { changedBy } from '../../audit/changed-by.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { assertVersion, type ExpectedVersions } from '../../http/conditional-requests.ts';
import { notFound } from '../../http/not-found.ts';
import { Problem } from '../../http/problems.ts';
import { fingerprint } from '../../pagination/cursor.ts';
import { envelope, pageRequestOf } from '../../pagination/page.ts';
import { isSlugTaken } from '../../slugs/free-slug.writer.ts';
import { articleNotWritable } from '../article-problems.ts';
import { RELATION_FIELDS, type RequestedIds } from '../article-relations.ts';
import { assertCanWrite, readScopeOf } from '../visibility/visibility.ts';
import type { ArticleWrite } from '../writes/locked-write.queries.ts';
import { articleWrite, writeLiveArticle } from '../writes/locked-write.writer.ts';
import { hasLinkToNothing } from '../writes/unknown-ids.reader.ts';
import { updateArticle } from '../writes/update-article.queries.ts';
import { findWrittenArticle } from '../writes/written-article.reader.ts';
import { articleAtRevision, articleResponse, goneLinks, type StoredRevision } from './article-at-revision.ts';
import { diffRevisions } from './revision-diff.ts';
import {
  findRevision,
  findRevisionToRestore,
  listRevisions,
  type RevisionKey,
  type RevisionRow,
} from './revisions.queries.ts';
import type { RevisionDiffQuery, RevisionListQuery } from './revisions.schema.ts';

/** Reads the history of articles, which triggers record, and restores revisions. */
@Injectable()
export class RevisionsService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** @throws Problem `not_found` for an article that the caller may not read while it is a draft */
  async findAll(id: number, { trashed, limit, after, before }: RevisionListQuery, principal: Principal) {
    const listFingerprint = fingerprint(['revisions', id]);
    const pageRequest = pageRequestOf({ limit, after, before }, listFingerprint, (key) => key === '');
    const rows = await listRevisions(this.db, { id, trashed }, readScopeOf(principal), pageRequest);
    if (rows.length === 0) throw notFound('article', { id });
    return envelope(
      rows.filter(isListed),
      { pageRequest, fingerprint: listFingerprint, total: undefined },
      ({ number }) => ({ key: '', id: number }),
      (row) => ({
        number: row.number,
        at: row.at,
        by: changedBy(row),
        kind: row.kind,
        published: row.published,
        changed: row.changed ?? [],
      }),
    );
  }

  async findOne(key: RevisionKey, trashed: boolean, principal: Principal) {
    return articleResponse(await articleAtRevision(await this.find({ ...key, trashed }, principal)));
  }

  /** Compares a revision with `from`, or with the previous revision. Before the first one there is nothing. */
  async diff(key: RevisionKey, { trashed, from }: RevisionDiffQuery, principal: Principal) {
    const revision = await this.find({ ...key, trashed }, principal);
    const otherNumber = from ?? revision.previousNumber;
    const other =
      otherNumber === null ? null : await this.find({ id: key.id, number: otherNumber, trashed }, principal);
    return {
      fields: await diffRevisions(other && (await articleAtRevision(other)), await articleAtRevision(revision)),
    };
  }

  /**
   * Writes the texts and links of a revision to its article. Runs again if the article changes, or a linked row is deleted,
   * between the statement that reads and the one that writes.
   */
  async restore(key: RevisionKey, principal: Principal, expectedVersions: ExpectedVersions) {
    const write = articleWrite(key.id, principal, expectedVersions);
    for (;;) {
      const [found] = await findRevisionToRestore(this.db, key, write.scope);
      if (!found) throw articleNotWritable(write);
      const revision = existing(found, key);
      assertVersion(expectedVersions, revision.currentVersion);
      const article = await articleAtRevision(revision);
      const links = changedLinks(revision);
      assertCanWrite(principal, links);
      const changes = { columns: article.texts, links };
      const isWritten = await this.write({ ...write, expectedVersions: [revision.currentVersion] }, changes);
      if (isWritten) return { ...(await findWrittenArticle(this.db, key.id, principal)), dropped: goneLinks(article) };
    }
  }

  /** Returns false if another writer committed in between. Leaves out a slug that another article has. */
  private async write(write: ArticleWrite, changes: Parameters<typeof updateArticle>[2]): Promise<boolean> {
    const scope = { ...write.scope, actor: { ...write.scope.actor, revisionKind: 'restore' as const } };
    try {
      return await writeLiveArticle(
        this.db,
        write,
        (db) => updateArticle(db, { ...write, scope }, changes),
        () => true,
      );
    } catch (error) {
      if (isSlugTaken(error, 'articles')) {
        const { slug: _, ...columns } = changes.columns;
        return this.write(write, { ...changes, columns });
      }
      const isOvertaken = error instanceof Problem && error.code === 'version_mismatch';
      if (isOvertaken || hasLinkToNothing(error)) return false;
      throw error;
    }
  }

  private async find(key: RevisionKey & { trashed: boolean }, principal: Principal): Promise<StoredRevision> {
    const [found] = await findRevision(this.db, key, readScopeOf(principal));
    if (!found) throw notFound('article', key);
    return existing(found, key);
  }
}

type ListedRow = Awaited<ReturnType<typeof listRevisions>>[number];
type Listed = { [K in keyof ListedRow]: K extends 'number' | 'at' | 'kind' ? NonNullable<ListedRow[K]> : ListedRow[K] };
const isListed = (row: ListedRow): row is Listed => row.number !== null;

function existing(row: RevisionRow, { id, number }: RevisionKey): StoredRevision {
  if (row.number === null) throw new Problem('not_found', `The article ${id} has no revision ${number}.`);
  return row as StoredRevision;
}

/**
 * Returns the links of a revision to rows that still exist, for each relation in which they differ from the current ones.
 */
function changedLinks({ recordedLinks, currentLinks }: StoredRevision): RequestedIds {
  const links: RequestedIds = {};
  for (const field of RELATION_FIELDS) {
    const ids = (recordedLinks[field] ?? []).filter(({ isGone }) => !isGone).map(({ id }) => id);
    if (String(ids) !== String(currentLinks[field])) links[field] = ids.map(String);
  }
  return links;
}
