import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../access/principal.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { withRetry } from '../../database/retry.ts';
import { assertVersion, type ExpectedVersions } from '../../http/conditional-requests.ts';
import { notFound } from '../../http/not-found.ts';
import { fieldProblem } from '../../http/problems.ts';
import { articleNotWritable } from '../article-problems.ts';
import {
  ARTICLE_RELATIONS,
  LINKED_TABLES,
  RELATION_FIELDS,
  recordOfLinkedTables,
  splitRequest,
} from '../article-relations.ts';
import { NameMemory } from '../linked-names/name-memory.ts';
import { recordOf } from '../record-of.ts';
import { withoutUnchangedAuthors } from '../visibility/unchanged-authors.reader.ts';
import { assertCanWrite, readScopeOf } from '../visibility/visibility.ts';
import type { ArticleWrite } from '../writes/locked-write.queries.ts';
import { articleWrite } from '../writes/locked-write.writer.ts';
import { assertIdsExist } from '../writes/unknown-ids.reader.ts';
import { findWrittenArticle } from '../writes/written-article.reader.ts';
import { draftNotFound, notPublished } from './draft-problems.ts';
import { draftResponse } from './draft-response.ts';
import { type DraftRow, findDraft, findDraftLinks } from './drafts.queries.ts';
import type { DraftPublish, DraftUpdate } from './drafts.schema.ts';
import { mergedDraft } from './merged-draft.reader.ts';
import { deleteDraft } from './publish-draft.queries.ts';
import { publishDraft } from './publish-draft.writer.ts';
import { type DraftChanges, findDraftState, insertDraft, type SavedDraft, updateDraft } from './save-draft.queries.ts';

/** Working drafts of published articles. See docs/decisions/0030-working-drafts.md. */
@Injectable()
export class DraftsService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly memory: NameMemory,
  ) {}

  /** @throws Problem `not_found`, `version_mismatch` */
  async findOne(id: number, principal: Principal, expectedVersions: ExpectedVersions) {
    const draft = await findDraft(this.db, id, readScopeOf(principal));
    if (!draft) throw notFound('article', { id });
    if (draft.version === null) throw draftNotFound(id);
    assertVersion(expectedVersions, draft.version);
    return draftResponse(await mergedDraft(this.db, draft));
  }

  /**
   * Saves a draft, and creates it if there is none: almost always one statement. Runs again if another request creates or
   * deletes the draft between two statements.
   */
  async save(id: number, request: DraftUpdate, principal: Principal, expectedVersions: ExpectedVersions) {
    const body = await withoutUnchangedAuthors(this.db, id, request, principal, () =>
      this.findAuthorIds(id, principal),
    );
    assertCanWrite(principal, body);
    const write = articleWrite(id, principal, expectedVersions);
    const changes = splitRequest(body);
    for (;;) {
      const saved = await withRetry(
        async () => (await updateDraft(this.db, write, changes)) ?? insertDraft(this.db, write, changes),
      );
      if (saved) {
        return draftResponse(await mergedDraft(this.db, { ...saved, linked: await this.linkedRows(saved) }));
      }
      await this.assertCanSave(write, changes);
    }
  }

  /** @throws Problem `not_published`, `draft_conflict`, `slug_taken`, or one such as `unknown_category`; the draft stays */
  async publish(id: number, body: DraftPublish | undefined, principal: Principal, expectedVersions: ExpectedVersions) {
    await publishDraft(this.db, articleWrite(id, principal, expectedVersions), body?.prefer ?? {}, principal);
    return findWrittenArticle(this.db, id, principal);
  }

  /** Discards a draft. */
  async discard(id: number, principal: Principal, expectedVersions: ExpectedVersions) {
    const write = articleWrite(id, principal, expectedVersions);
    for (;;) {
      const [discarded] = await withRetry(() => deleteDraft(this.db, write));
      if (discarded) return;
      const state = await findDraftState(this.db, write, undefined);
      if (!state) throw articleNotWritable(write);
      if (state.version === null) throw draftNotFound(id);
      assertVersion(expectedVersions, state.version);
    }
  }

  /** Returns the authors of a draft; undefined if there is none. */
  private async findAuthorIds(id: number, principal: Principal): Promise<readonly number[] | undefined> {
    const draft = await findDraft(this.db, id, readScopeOf(principal));
    if (!draft || draft.version === null) return undefined;
    return (await mergedDraft(this.db, draft)).linked.authorIds.map((author) => author.id);
  }

  /** Returns the linked rows of a draft, from memory if all of them are there. */
  private async linkedRows({ linkedIds, nameEpoch }: SavedDraft): Promise<DraftRow['linked']> {
    const names = this.memory.namesOf(nameEpoch);
    const known = recordOf(RELATION_FIELDS, (field) =>
      linkedIds[field].flatMap((id) => {
        const row = names[ARTICLE_RELATIONS[field].table].get(id);
        return row ? [{ ...row, isGone: false }] : [];
      }),
    );
    if (RELATION_FIELDS.every((field) => known[field].length === linkedIds[field].length)) return known;
    const found = await findDraftLinks(this.db, linkedIds);
    if (!found) throw new Error('the select returned no row');
    const existing = recordOfLinkedTables((field) =>
      found.linked[field]
        .filter(({ isGone }) => !isGone)
        .map(({ id, name, slug }) => [String(id), { id, name, slug }] as const),
    );
    this.memory.remember(
      found.nameEpoch,
      recordOf(LINKED_TABLES, (table) => new Map(existing[table])),
    );
    return found.linked;
  }

  /**
   * @throws Problem with the reason why a draft was not saved; returns if another writer caused it, so that the save runs
   * again
   */
  private async assertCanSave(write: ArticleWrite, { columns, links }: DraftChanges) {
    const state = await findDraftState(this.db, write, columns.slug);
    if (!state) throw articleNotWritable(write);
    if (!state.isPublished) throw notPublished(write.id);
    assertVersion(write.expectedVersions, state.version ?? state.articleVersion);
    await assertIdsExist(
      this.db,
      links,
      recordOf(RELATION_FIELDS, (field) => state[field]?.map(String)),
    );
    if (state.isSlugTaken && columns.slug !== state.slug) {
      throw fieldProblem('slug_taken', '/slug', 'The slug is already in use.');
    }
  }
}
