import type { SnippetPart } from '@rubric/client';

/** So much of the text before the first match is shown, in characters: the rest would push the match out of the line. */
const LEAD = 24;

/** Where the words of a search are in an article. */
export const Snippet = ({ parts }: { parts: readonly SnippetPart[] }) => (
  <p className="truncate text-sm text-soft">
    {fromFirstMatch(parts).map(({ text, match }, part) =>
      match ? (
        <mark key={part} className="rounded-sm bg-due-wash text-due">
          {text}
        </mark>
      ) : (
        text
      ),
    )}
  </p>
);

/** Shortens what is before the first match to some words. */
function fromFirstMatch(parts: readonly SnippetPart[]): readonly SnippetPart[] {
  const [first, ...others] = parts;
  if (!first || first.match || others.length === 0 || first.text.length <= LEAD) return parts;
  const end = first.text.slice(-LEAD);
  return [{ text: `… ${end.slice(end.indexOf(' ') + 1)}`, match: false }, ...others];
}
