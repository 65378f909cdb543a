import type { AuditEntry } from '@rubric/client';
import { Button } from '../design/button.tsx';
import { Popover } from '../design/popover.tsx';
import { Cell, NameCell, Row } from '../design/table.tsx';
import { Time } from '../design/time.tsx';
import { texts } from '../texts/texts.ts';

/** One entry; what changed opens beside it. */
export function AuditRow({ entry, names }: { entry: AuditEntry; names: ReadonlyMap<number, string> }) {
  const { at, action, subject, subjectId, before, after, changed, address } = entry;
  const hasValues = before !== null || after !== null;
  return (
    <Row>
      <Cell className="text-soft">
        <Time at={at} />
      </Cell>
      <Cell>
        {whoOf(entry, names)}
        {address !== null && <span className="block text-xs text-soft">{address}</span>}
      </Cell>
      <NameCell>
        <span className="font-mono text-xs">{action}</span>
        {subject !== null && subjectId !== null && (
          <span className="block text-xs font-normal text-soft">{texts.audit.subject(subject, subjectId)}</span>
        )}
      </NameCell>
      <Cell className="py-1">
        {hasValues && (
          <Popover
            label={texts.audit.valuesOf(action)}
            align="end"
            className="w-120"
            trigger={
              <Button look="quiet" size="sm" className="-ml-2 max-w-60">
                <span className="truncate">{changed?.join(', ') ?? texts.audit.show}</span>
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

function whoOf({ accountId, tokenId, command, via }: AuditEntry, names: ReadonlyMap<number, string>): string {
  if (command !== null) return texts.audit.command(command);
  if (accountId !== null) return names.get(accountId) ?? texts.audit.account(accountId);
  if (tokenId !== null) return texts.audit.token(tokenId);
  return via === 'database' ? texts.audit.database : texts.audit.nobody;
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
              {key}
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
