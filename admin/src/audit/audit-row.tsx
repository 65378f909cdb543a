import type { AuditEntry } from '@rubric/client';
import { Button } from '../design/button.tsx';
import { Popover } from '../design/popover.tsx';
import { Cell, NameCell, Row, WIDE_ONLY } from '../design/table.tsx';
import { Time } from '../design/time.tsx';
import { texts } from '../texts/texts.ts';
import type { RowNames } from './row-names.ts';
import { fieldName, nameIn, sentenceOf, whoOf } from './sentences.ts';

interface AuditRowProps {
  entry: AuditEntry;
  /** Of accounts. */
  names: ReadonlyMap<number, string>;
  rows: RowNames;
}

/** One entry; what changed opens beside it. */
export function AuditRow({ entry, names, rows }: AuditRowProps) {
  const { at, action, before, after, changed, address } = entry;
  const sentence = sentenceOf(entry, names, rows);
  const who = whoOf(entry, names);
  const name = nameIn(entry);
  const hasValues = before !== null || after !== null;
  return (
    <Row>
      <Cell className={`${WIDE_ONLY} text-soft`}>
        <Time at={at} />
      </Cell>
      <Cell className={`${WIDE_ONLY} min-w-40`}>
        {who}
        {address !== null && <span className="block text-xs text-soft">{address}</span>}
      </Cell>
      <NameCell>
        {/* Its name in the API, for those who ask that. */}
        <span title={action}>{sentence}</span>
        {name !== undefined && !sentence.includes(name) && (
          <span className="block text-xs font-normal wrap-anywhere text-soft">{name}</span>
        )}
        <span className="block text-xs font-normal text-soft md:hidden">
          {who} · <Time at={at} />
        </span>
      </NameCell>
      <Cell className="py-1">
        {hasValues && (
          <Popover
            label={texts.audit.valuesOf(sentence)}
            align="end"
            className="w-120"
            trigger={
              <Button look="quiet" size="sm" className="-ml-2 max-w-60">
                <span className="truncate">{changed?.map(fieldName).join(', ') ?? texts.audit.show}</span>
              </Button>
            }
          >
            <Values before={before} after={after} />
          </Popover>
        )}
      </Cell>
    </Row>
  );
}

type Values = AuditEntry['before'];

function Values({ before, after }: { before: Values; after: Values }) {
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return (
    <table className="w-full table-fixed border-collapse text-left text-xs">
      <thead className="text-soft">
        <tr>
          <th className="w-1/4 pb-1 font-medium">{texts.audit.field}</th>
          <th className="pb-1 font-medium">{texts.audit.before}</th>
          <th className="pb-1 font-medium">{texts.audit.after}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key} className="border-t border-line align-baseline">
            <th scope="row" className="py-1 pr-2 font-medium wrap-anywhere">
              {fieldName(key)}
            </th>
            <td className="py-1 pr-2 wrap-anywhere">{show(before?.[key])}</td>
            <td className="py-1 wrap-anywhere">{show(after?.[key])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function show(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
