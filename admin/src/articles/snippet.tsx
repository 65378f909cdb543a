import type { SnippetPart } from '@rubric/client';

/** Where the words of a search are in an article. */
export const Snippet = ({ parts }: { parts: readonly SnippetPart[] }) => (
  <p className="truncate text-sm text-soft">
    {parts.map(({ text, match }, part) =>
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
