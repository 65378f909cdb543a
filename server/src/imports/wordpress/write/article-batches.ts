import type { PlannedArticle } from '../plan/article-plan.ts';
import { planArticle } from '../plan/article-plan.ts';
import { itemKind, linkKind } from '../plan/export-index.ts';
import { Identities } from '../plan/external-keys.ts';
import type { Kind } from '../report/import-report.ts';
import { brief } from '../report/warnings.ts';
import type { WxrItem, WxrRecord } from '../wxr/wxr-records.ts';
import type { ImportRun } from './import-context.ts';

/**
 * As many posts as fill a statement well; long texts fill it sooner. Posts of 7 kB went in as fast by 28 as by 100, with
 * 40 MB less of memory at the peak.
 */
const BATCH = 100;
const BATCH_CHARACTERS = 200_000;

/** The posts of a file, planned and in batches; what else there is goes into the ledger as it goes by. */
export async function* articleBatches(
  records: AsyncIterable<WxrRecord>,
  run: ImportRun,
  onItem: () => void,
): AsyncGenerator<PlannedArticle[], void, undefined> {
  const identities = new Identities(run.survey.site.url !== '');
  let batch: PlannedArticle[] = [];
  let size = 0;
  for await (const record of records) {
    if (record.kind !== 'item') continue;
    onItem();
    const article = take(record, run, identities);
    if (!article) continue;
    batch.push(article);
    size += record.content.length;
    if (batch.length < BATCH && size < BATCH_CHARACTERS) continue;
    yield batch;
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield batch;
}

function take(item: WxrItem, run: ImportRun, identities: Identities): PlannedArticle | null {
  const { ledger } = run;
  ledger.skip('comments', item.line, 'Rubric has no comments', null, item.comments);
  ledger.skip('customFields', item.line, 'Rubric has no custom fields', null, item.postmeta);
  const kind = itemKind(item);
  const reason = reasonToSkip(kind, item);
  if (reason !== null) return skip(item, kind, run, reason, brief(item.title));
  const identity = identities.take(item);
  if ('key' in identity) return planArticle(item, identity.key, run);
  if (item.creator !== '') ledger.skip('authorLinks', item.line, 'its post is skipped');
  const detail = `${brief(item.title)}, first at line ${identity.repeats}`;
  return skip(item, kind, run, 'its id and guid are those of an earlier post', detail);
}

function reasonToSkip(kind: Kind, { postType }: WxrItem): string | null {
  if (kind === 'posts') return null;
  if (kind === 'pages') return 'Rubric has no pages';
  if (kind === 'attachments') return 'Rubric keeps no files; texts go on pointing to where they are';
  return kind === 'menuItems' ? 'Rubric has no menus' : `Rubric has nothing like the type ${brief(postType)}`;
}

function skip(item: WxrItem, kind: Kind, { ledger }: ImportRun, reason: string, detail: string): null {
  ledger.skip(kind, item.line, reason, kind === 'pages' || kind === 'posts' || kind === 'otherItems' ? detail : null);
  for (const { line, taxonomy } of item.terms) {
    ledger.skip(linkKind(taxonomy), line, kind === 'posts' ? 'its post is skipped' : 'is not of a post');
  }
  return null;
}
