import type { DiffPart } from '@rubric/client';

/** So much of what is the same stands around a change. */
const CONTEXT = 160;

/** A text with what came and what went. Long parts that are the same are left out in the middle. */
export function DiffText({ parts }: { parts: readonly DiffPart[] }) {
  return (
    <p className="font-serif leading-relaxed whitespace-pre-wrap wrap-break-word">
      {parts.map(({ op, text }, index) =>
        op === 'insert' ? (
          <ins key={index} className="bg-live-wash text-live no-underline">
            {text}
          </ins>
        ) : op === 'delete' ? (
          <del key={index} className="bg-danger-wash text-danger">
            {text}
          </del>
        ) : (
          <span key={index}>{shortened(text, index === 0, index === parts.length - 1)}</span>
        ),
      )}
    </p>
  );
}

function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  if (text.length <= CONTEXT * 2) return text;
  const head = isFirst ? '' : text.slice(0, CONTEXT);
  const tail = isLast ? '' : text.slice(-CONTEXT);
  return `${head} … ${tail}`;
}
