import { OLD_SLUG_FIELD } from '../plan/addresses.ts';
import type { ExportIndex } from '../plan/export-index.ts';
import type { ImportReport } from '../report/import-report.ts';
import { itemKind } from '../report/kinds.ts';
import { abbreviate } from '../report/truncate.ts';
import type { WxrItem } from '../wxr/wxr-records.ts';

/** The most keys with a group of their own in the report. A plugin can make a key for each post. */
const MAX_KEYS = 100;

/** WordPress itself caches what it embeds under keys that end in a hash. */
const HASH = /[\da-f]{32}/;

/** Adds metadata to the report as skipped, grouped by key. */
export class MetadataReporter {
  readonly #report: ImportReport;
  readonly #kind: 'customFields' | 'termMeta';
  readonly #reason: string;
  readonly #groups = new Set<string>();

  constructor(report: ImportReport, kind: 'customFields' | 'termMeta', reason: string) {
    this.#report = report;
    this.#kind = kind;
    this.#reason = reason;
  }

  skip(line: number, key: string, detail: string | null = null): void {
    const shortKey = abbreviate(key);
    const group = shortKey.replace(HASH, '…');
    if (this.#groups.size < MAX_KEYS) this.#groups.add(group);
    const hasGroup = this.#groups.has(group);
    const reason = `${this.#reason}: ${hasGroup ? group : 'other keys'}`;
    this.#report.skip(this.#kind, line, reason, hasGroup && group === shortKey ? detail : shortKey);
  }
}

type CustomField = WxrItem['customFields'][number];

/** Adds the custom fields of a file to the report as skipped. */
export class CustomFieldReporter {
  readonly #metadata: MetadataReporter;
  readonly #exportIndex: ExportIndex;

  constructor({ report, exportIndex }: { report: ImportReport; exportIndex: ExportIndex }) {
    this.#metadata = new MetadataReporter(report, 'customFields', 'Rubric has no custom fields');
    this.#exportIndex = exportIndex;
  }

  /** The old slugs of posts count as addresses. */
  skip(item: WxrItem): void {
    const isAddress = ({ key, value }: CustomField) => key === OLD_SLUG_FIELD && value && itemKind(item) === 'posts';
    const { line, customFields } = item;
    for (const { key, value } of customFields.filter((field) => !isAddress(field)))
      this.#metadata.skip(line, key, this.#detailOf(key, value));
  }

  /** Returns the address of a featured image. */
  #detailOf(key: string, value: string | null): string | null {
    if (value === null || key === '_wp_trash_meta_status') return null;
    return key === '_thumbnail_id' ? (this.#exportIndex.attachmentUrls.get(value) ?? value) : abbreviate(value);
  }
}
