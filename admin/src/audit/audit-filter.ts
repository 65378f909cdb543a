import { startOfDay } from '../api/start-of-day.ts';

/** The filter of the audit log, as it is in the URL. Days are those of the person's zone. */
export interface AuditFilter {
  account?: number;
  action?: string;
  subject?: string;
  subjectId?: number;
  from?: string;
  to?: string;
}

const ACTION = /^[a-z_]+(\.[a-z_]+)*$/;
const isAction = (value: string): boolean => ACTION.test(value);

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const day = (value: unknown) => (typeof value === 'string' && DAY.test(value) ? value : undefined);
const id = (value: unknown) => (Number.isSafeInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined);

/** Reads the filter from the URL, without what cannot be one. */
export function parseAuditFilter(search: Record<string, unknown>): AuditFilter {
  const filter = {
    account: id(search['account']),
    action: [search['action']].filter((action) => typeof action === 'string').find(isAction),
    subject: text(search['subject']),
    subjectId: id(search['subjectId']),
    from: day(search['from']),
    to: day(search['to']),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** The query of the API for a filter. The last day is included. */
export function queryOfFilter({ from, to, ...filter }: AuditFilter) {
  return {
    ...filter,
    ...(from !== undefined && { 'at[gte]': startOfDay(from) }),
    ...(to !== undefined && { 'at[lt]': startOfDay(to, 1) }),
  };
}
