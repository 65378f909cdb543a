import type { ExportIndex } from '../plan/export-index.ts';
import type { ImportReport } from '../report/import-report.ts';
import { abbreviate } from '../report/truncate.ts';
import type { WxrItem } from '../wxr/wxr-records.ts';

/** The most keys with a group of their own in the report. A plugin can make a key for each post. */
const MAX_KEYS = 100;

/** Adds the custom fields of a file to the report as skipped, grouped by key. */
export class CustomFieldReporter {
  readonly #report: ImportReport;
  readonly #exportIndex: ExportIndex;
  readonly #keys = new Set<string>();

  constructor({ report, exportIndex }: { report: ImportReport; exportIndex: ExportIndex }) {
    this.#report = report;
    this.#exportIndex = exportIndex;
  }

  skip({ line, customFields }: WxrItem): void {
    for (const { key: fullKey, value } of customFields) {
      const key = abbreviate(fullKey);
      if (this.#keys.size < MAX_KEYS) this.#keys.add(key);
      const hasGroup = this.#keys.has(key);
      const reason = `Rubric has no custom fields: ${hasGroup ? key : 'other keys'}`;
      this.#report.skip('customFields', line, reason, hasGroup ? this.#detailOf(key, value) : key);
    }
  }

  /** Returns the address of a featured image, and the text of an old slug. */
  #detailOf(key: string, value: string | null): string | null {
    if (value === null || key === '_wp_trash_meta_status') return null;
    return key === '_thumbnail_id' ? (this.#exportIndex.attachmentUrls.get(value) ?? value) : abbreviate(value);
  }
}
