import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../access/principal.ts';
import { hashOfSecret, newSecret } from '../../access/secret.ts';
import { CONFIG, type Config } from '../../config.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { withRetry } from '../../database/retry.ts';
import { notFound } from '../../http/not-found.ts';
import { Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { articleNotWritable } from '../article-problems.ts';
import { previewOfDraft } from '../drafts/draft-response.ts';
import { findPreviewedDraft } from '../drafts/drafts.queries.ts';
import { mergedDraft } from '../drafts/merged-draft.reader.ts';
import { readScopeOf, writeScopeOf } from '../visibility/visibility.ts';
import { deletePreview, findPreviewedArticle, insertPreview, listPreviews } from './previews.queries.ts';
import { DAY_MS, DEFAULT_DAYS, type PreviewCreate } from './previews.schema.ts';

/** Previews: links that show one article as it will be to everybody who has the link. */
@Injectable()
export class PreviewsService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /** Creates a preview. Only this response contains the secret. */
  async create(id: number, body: PreviewCreate | undefined, context: RequestContext, principal: Principal) {
    const secret = newSecret();
    const expiresAt = body?.expiresAt ?? new Date(Date.now() + DEFAULT_DAYS * DAY_MS);
    const scope = writeScopeOf(principal);
    const preview = { hash: hashOfSecret(secret), expiresAt };
    const [created] = await withRetry(() => insertPreview(this.db, id, scope, preview));
    if (!created) throw articleNotWritable({ id, scope });
    const url = `${this.config.publicUrl ?? context.origin}/previews/${secret}`;
    return { id: created.id, url, secret, expiresAt };
  }

  async findAll(id: number, principal: Principal) {
    const rows = await listPreviews(this.db, id, readScopeOf(principal));
    if (rows.length === 0) throw notFound('article', { id });
    return { data: rows.filter((row) => row.id !== null) };
  }

  async findOne(id: number, previewId: number, principal: Principal) {
    const preview = (await this.findAll(id, principal)).data.find((each) => each.id === previewId);
    if (!preview) throw previewNotFound(id, previewId);
    return preview;
  }

  async remove(id: number, previewId: number, principal: Principal) {
    const scope = writeScopeOf(principal);
    const [deleted] = await withRetry(() => deletePreview(this.db, id, previewId, scope));
    if (!deleted) throw previewNotFound(id, previewId);
  }

  /** @throws Problem `not_found` without revealing whether the secret was ever valid */
  async findShown(secret: string) {
    const hash = hashOfSecret(secret);
    for (;;) {
      const found = await findPreviewedArticle(this.db, hash);
      if (!found) throw new Problem('not_found', 'No preview has this secret; it may have expired or been revoked.');
      const { isDraftShown, ...article } = found;
      if (!isDraftShown) return article;
      const draft = await findPreviewedDraft(this.db, hash);
      if (draft) return previewOfDraft(await mergedDraft(this.db, draft)); // otherwise it has been published or discarded in the meantime
    }
  }
}

const previewNotFound = (id: number, previewId: number) =>
  new Problem('not_found', `No preview of the article ${id} has the id ${previewId}.`);
