import { isBlankText, trimBlanks } from '../html/blanks.ts';
import { decodeHtmlEntities } from '../html/html-entities.ts';

/** The text of one element. Keeps CDATA sections apart from character data, because entities differ between the two. */
export class XmlText {
  readonly #nodes: Array<{ data: string; isCdata: boolean }> = [];

  add(data: string, isCdata: boolean): void {
    this.#nodes.push({ data, isCdata });
  }

  get isBlank(): boolean {
    return this.#nodes.every(({ data }) => isBlankText(data));
  }

  /** The XML text, trimmed: for URLs, dates, slugs and other machine-readable fields. */
  get trimmed(): string {
    return this.raw.trim();
  }

  /** The XML text as it is: for HTML. */
  get raw(): string {
    const runs = this.#mergedNodes().map((run) => run.data);
    return copyString(runs.join(''));
  }

  /**
   * The text as readers see it: for titles and names. Entities are decoded exactly once, wherever they are.
   *
   * WordPress stores titles and names as HTML: a category saved as "Fish & Chips" is `Fish &amp; Chips` in its database
   * (`pre_term_name` runs `_wp_specialchars`, and so do user names). What the file holds depends on the writer:
   * - In CDATA, `wxr_cdata()` writes the stored HTML unchanged (the `esc_html` inside it is commented out), so the
   *   entities are HTML entities and are decoded here. WordPress's own importer stores the text as it is, because its
   *   database holds HTML. Importers into other systems that did the same were fixed later for showing `1&amp;1` and
   *   `Some&quot;Title&quot;` to readers (Nikola 2557, Hexo 43, Pelican 567).
   * - Outside of CDATA (titles before WordPress 5.7, the name of the site) `esc_html` escaped the text for XML without
   *   escaping existing entities again. The XML parser's output is then the final text, and decoding it once more would
   *   turn a title about `&amp;` into one about `&`.
   * Tags are kept as text: the theme unit test has a title with `<em>`, and dropping the tag would lose content.
   */
  get display(): string {
    const runs = this.#mergedNodes().map((run) => (run.isCdata ? decodeHtmlEntities(run.data) : run.data));
    // Not one regular expression with \s* on both sides of the line break: a megabyte of blanks would take it minutes.
    const lines = runs
      .join('')
      .split(/[\r\n]+/)
      .map(trimBlanks);
    return copyString(lines.filter((line) => line !== '').join(' '));
  }

  /** Joins adjacent nodes of the same type (CDATA with `]]>` is written as two sections) and drops indentation around CDATA. */
  #mergedNodes(): Array<{ data: string; isCdata: boolean }> {
    const hasCdata = this.#nodes.some((node) => node.isCdata);
    const runs: Array<{ data: string; isCdata: boolean }> = [];
    for (const { data, isCdata } of this.#nodes) {
      if (hasCdata && !isCdata && isBlankText(data)) continue;
      const last = runs.at(-1);
      if (last?.isCdata === isCdata) last.data += data;
      else runs.push({ data, isCdata });
    }
    return runs;
  }
}

/**
 * Copies a string so that it shares no memory with the chunk of the file it was sliced from. In V8 a substring keeps the
 * whole string alive: a caller that stores one slug per item would keep the whole file in memory. Strings above 16 Ki
 * are not copied: callers do not store them for all items, and a copy would double the memory of the largest.
 */
export function copyString(text: string): string {
  return text.length > 16_384 ? text : Buffer.from(text, 'utf8').toString('utf8');
}
