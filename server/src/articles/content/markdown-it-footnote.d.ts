declare module 'markdown-it-footnote' {
  import type { MarkdownIt } from 'markdown-it';

  /** The package has no types; those of DefinitelyTyped belong to an older markdown-it. */
  export default function footnotes(md: MarkdownIt): void;
}
