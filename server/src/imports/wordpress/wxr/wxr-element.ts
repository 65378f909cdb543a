import { decodeHtmlEntities } from '../html/html-entities.ts';

/** The text of one element, with the difference between character data and CDATA, because entities hang on it. */
export class XmlText {
  readonly #pieces: Array<{ data: string; isCdata: boolean }> = [];

  add(data: string, isCdata: boolean): void {
    this.#pieces.push({ data, isCdata });
  }

  get isBlank(): boolean {
    return this.#pieces.every(({ data }) => data.trim() === '');
  }

  /** The text as XML means it, trimmed: for addresses, dates, slugs and the like. */
  get plain(): string {
    return this.markup.trim();
  }

  /** The text as XML means it: for HTML, which stays as it is. */
  get markup(): string {
    const runs = this.#runs().map((run) => run.data);
    return detached(runs.join(''));
  }

  /**
   * The text as a person reads it: for titles and names. Its entities are decoded exactly once, wherever they are.
   *
   * WordPress keeps titles and names as HTML: a category saved as "Fish & Chips" is `Fish &amp; Chips` in its database
   * (`pre_term_name` runs `_wp_specialchars`, and so do the names of users). What the file holds depends on the writer:
   * - in CDATA, `wxr_cdata()` writes the stored HTML unchanged (the `esc_html` inside it is commented out), so its
   *   entities are still HTML's, and we decode them. WordPress's own importer puts the text back as it is, into a
   *   database that means HTML; importers into anything else that did the same had to be mended for showing
   *   `1&amp;1` and `Some&quot;Title&quot;` to readers (Nikola 2557, Hexo 43, Pelican 567);
   * - outside CDATA (titles before WordPress 5.7, the name of the site) `esc_html` escaped the text for XML without
   *   escaping existing entities again, so what the XML parser decoded is what a person reads, and decoding it once more
   *   would turn a title about `&amp;` into one about `&`.
   * Tags are text here: the theme unit test has a title with `<em>`, and dropping it would lose what the file says.
   */
  get display(): string {
    const runs = this.#runs().map((run) => (run.isCdata ? decodeHtmlEntities(run.data) : run.data));
    // Not one regular expression with \s* on both sides of the break: a megabyte of blanks would take it minutes.
    const lines = runs
      .join('')
      .split(/[\r\n]+/)
      .map((line) => line.trim());
    return detached(lines.filter((line) => line !== '').join(' '));
  }

  /** Neighbours of one sort joined (a CDATA section that holds `]]>` is written as two), indentation around CDATA left out. */
  #runs(): Array<{ data: string; isCdata: boolean }> {
    const hasCdata = this.#pieces.some((piece) => piece.isCdata);
    const runs: Array<{ data: string; isCdata: boolean }> = [];
    for (const { data, isCdata } of this.#pieces) {
      if (hasCdata && !isCdata && data.trim() === '') continue;
      const last = runs.at(-1);
      if (last?.isCdata === isCdata) last.data += data;
      else runs.push({ data, isCdata });
    }
    return runs;
  }
}

/**
 * A copy that shares no memory with the slice of the file it came from. V8 lets a substring hold on to the whole string:
 * a caller that remembered one slug per item would keep the file. Large texts are left alone: nobody remembers all of
 * them, and a copy would only double what the largest needs.
 */
export function detached(text: string): string {
  return text.length > 16_384 ? text : Buffer.from(text, 'utf8').toString('utf8');
}

/** The wanted fields of one element of the channel while it is being read. */
export class WxrFields {
  readonly name: string;
  readonly line: number;
  readonly terms: Array<{ line: number; domain: string; nicename: string; text: XmlText }> = [];
  /** How many of these an item has; they are counted and not kept. */
  comments = 0;
  postmeta = 0;
  /** The one entry of its metadata that is kept: which status it had before the trash. */
  trashedFrom: XmlText | null = null;
  readonly #texts = new Map<string, XmlText>();

  constructor(name: string, line: number) {
    this.name = name;
    this.line = line;
  }

  /** Begins a field. The first one that says something counts, as in WordPress's own importer. */
  begin(name: string): XmlText {
    const text = new XmlText();
    if (this.get(name).isBlank) this.#texts.set(name, text);
    return text;
  }

  get(name: string): XmlText {
    return this.#texts.get(name) ?? NONE;
  }

  /** The field's text for machines, trimmed; '' if it is not there. */
  plain(name: string): string {
    return this.get(name).plain;
  }
}

const NONE = new XmlText();
