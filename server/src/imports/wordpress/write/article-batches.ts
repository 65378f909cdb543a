import { planPostAddresses } from '../plan/addresses.ts';
import type { PlannedArticle } from '../plan/article-plan.ts';
import { planArticle } from '../plan/article-plan.ts';
import { PostKeys } from '../plan/external-keys.ts';
import { itemKind, type Kind } from '../report/kinds.ts';
import { abbreviate } from '../report/truncate.ts';
import type { WxrItem, WxrRecord } from '../wxr/wxr-records.ts';
import { CustomFieldReporter } from './custom-fields.ts';
import type { ImportContext } from './import-context.ts';

/**
 * The maximum number of posts, and of characters of their content, in one statement. Posts of 7 kB were inserted as fast
 * in batches of 28 as of 100, with a peak memory 40 MB lower.
 */
const BATCH_POSTS = 100;
const BATCH_CHARACTERS = 200_000;

/** Yields the planned articles of a file in batches, and adds all other items to the report as skipped. */
export async function* planArticleBatches(
  records: AsyncIterable<WxrRecord>,
  context: ImportContext,
  onItem: () => void,
): AsyncGenerator<PlannedArticle[], void, undefined> {
  const postKeys = new PostKeys(context.exportIndex.site.url !== '');
  const customFields = new CustomFieldReporter(context);
  let batch: PlannedArticle[] = [];
  let characters = 0;
  for await (const record of records) {
    if (record.kind !== 'item') continue;
    onItem();
    const article = planItem(record, context, postKeys, customFields);
    if (!article) continue;
    batch.push(article);
    characters += record.content.length;
    if (batch.length < BATCH_POSTS && characters < BATCH_CHARACTERS) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}

/** Returns null if the item is skipped. */
function planItem(
  item: WxrItem,
  context: ImportContext,
  postKeys: PostKeys,
  customFields: CustomFieldReporter,
): PlannedArticle | null {
  const { report } = context;
  report.skip('comments', item.line, 'Rubric has no comments', null, item.commentCount);
  customFields.skip(item);
  const kind = itemKind(item);
  const reason = reasonToSkip(kind, item);
  if (reason !== null) return skipItem(item, kind, context, reason, abbreviate(item.title));
  const assigned = postKeys.assign(item);
  if ('key' in assigned) {
    const article = planArticle(item, assigned.key, context);
    if (assigned.sharesKeys)
      article.warnings.add(
        'has the id and guid, or the slug, of an earlier post; imported as another post',
        abbreviate(item.title),
      );
    return article;
  }
  if (item.creator !== '') report.skip('authorLinks', item.line, 'its post was skipped');
  for (const { text } of planPostAddresses(item, context.exportIndex.site))
    report.skip('addresses', item.line, 'its post was skipped', abbreviate(text));
  const detail = `${abbreviate(item.title)}, first on line ${assigned.duplicateOfLine}`;
  return skipItem(item, kind, context, 'duplicate of an earlier post', detail);
}

function reasonToSkip(kind: Kind, { postType }: WxrItem): string | null {
  if (kind === 'posts') return null;
  if (kind === 'pages') return 'Rubric has no pages';
  if (kind === 'attachments') return 'Rubric stores no files; articles still link to the originals';
  return kind === 'menuItems'
    ? 'Rubric has no menus'
    : `Rubric has no equivalent of the post type ${abbreviate(postType)}`;
}

function skipItem(
  item: WxrItem,
  kind: Kind,
  { report, exportIndex }: ImportContext,
  reason: string,
  detail: string,
): null {
  report.skip(kind, item.line, reason, detailOf(item, kind, detail));
  for (const term of item.terms) {
    report.skip(
      exportIndex.linkKindOf(term),
      term.line,
      kind === 'posts' ? 'its post was skipped' : 'does not belong to a post',
    );
  }
  return null;
}

function detailOf({ attachmentUrl }: WxrItem, kind: Kind, detail: string): string | null {
  if (kind === 'attachments') return attachmentUrl || null;
  return kind === 'menuItems' ? null : detail;
}
