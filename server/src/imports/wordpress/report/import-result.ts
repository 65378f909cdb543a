import type { WxrSite } from '../wxr/wxr-records.ts';
import type { ImportReport, Totals } from './import-report.ts';
import type { Kind } from './kinds.ts';

export interface ImportResult {
  site: WxrSite;
  totals: Record<Kind, Totals>;
  report: ImportReport;
}
