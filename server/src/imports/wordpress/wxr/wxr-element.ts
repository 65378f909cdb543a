import { XmlText } from './xml-text.ts';

/** The channel, an author, a term or an item while it is being read, with the fields that are kept. */
export class WxrElement {
  readonly name: string;
  readonly line: number;
  readonly terms: Array<{ line: number; domain: string; nicename: string; text: XmlText }> = [];
  /** The comments of an item are only counted. */
  commentCount = 0;
  /** The metadata of an item or term. Few values are kept. */
  readonly meta: Array<{ key: XmlText; value: XmlText | null }> = [];
  readonly #fields = new Map<string, XmlText>();

  constructor(name: string, line: number) {
    this.name = name;
    this.line = line;
  }

  /** Starts a field. The first occurrence that is not blank counts, as in WordPress's own importer. */
  startField(name: string): XmlText {
    const text = new XmlText();
    if (this.field(name).isBlank) this.#fields.set(name, text);
    return text;
  }

  field(name: string): XmlText {
    return this.#fields.get(name) ?? EMPTY;
  }

  /** Returns the trimmed value of the last metadata with a key, '' if it is absent. */
  metaValue(key: string): string {
    return this.meta.findLast((meta) => meta.key.trimmed === key)?.value?.trimmed ?? '';
  }

  /** Returns the trimmed text of a field, '' if it is absent. */
  value(name: string): string {
    return this.field(name).trimmed;
  }
}

const EMPTY = new XmlText();
