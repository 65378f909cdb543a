/** A part of a file, in which `isRepaired` shows whether it was changed. */
interface XmlPart {
  text: string;
  isRepaired: boolean;
}

const START = '<![CDATA[';
const END = ']]>';
/** A CDATA section cannot contain its own end, so this ends it and starts another. */
const ESCAPED_END = ']]]]><![CDATA[>';
const OPENING_TAG = /^<([\w:.-]+)(?:\s[^<>]*)?>\s*$/;

/** The longest opening tag, with the blanks after it, in which the name of an element is found. */
const MAX_TAG = 2048;
/** The most that is held back until the closing tag of an element with two ends of CDATA. */
const MAX_HELD = 4 * 2 ** 20;

/**
 * Escapes the CDATA sections inside of CDATA sections. WordPress before 3.1 did not escape the text that it put into them,
 * and its editor put the text of each script into one: `<script>// <![CDATA[` … `// ]]></script>`. A section that ends
 * twice is not XML, so what can be read without this is never changed. As in WordPress's importer, it ends at the last
 * `]]>`, directly before the closing tag of its element.
 */
export class NestedCdata {
  #text = '';
  /** The index up to which the text can be passed on. */
  #at = 0;
  /** The end of the text that was passed on. */
  #before = '';
  /** The name of the element with the CDATA section that is being read: '' if it has none, null outside of a section. */
  #element: string | null = null;

  /** Yields what the text completes. The rest is held back until the next call. */
  *write(text: string, isLast = false): Generator<XmlPart> {
    this.#text += text;
    while (this.#element !== null || this.#findStart(isLast)) {
      const end = this.#text.indexOf(END, this.#at) + END.length;
      if (end < END.length) {
        this.#skipAll(END, isLast);
        break;
      }
      const close = this.#findClosingTag(this.#element ?? '', end);
      if (close < 0 && !isLast && this.#text.length - this.#at <= MAX_HELD) break;
      this.#element = null;
      const repaired = close > end ? repair(this.#text.slice(this.#at, close)) : null;
      if (repaired === null) this.#at = Math.max(close, end);
      else {
        const rest = this.#text.slice(close);
        yield this.#takeText();
        yield { text: repaired, isRepaired: true };
        this.#text = rest;
      }
    }
    yield this.#takeText();
  }

  /** Moves to the end of the text, but not into what can be the start of a longer `token`. */
  #skipAll(token: string, isLast: boolean): false {
    let held = isLast ? 0 : Math.min(token.length - 1, this.#text.length - this.#at);
    while (held > 0 && !this.#text.endsWith(token.slice(0, held))) held -= 1;
    this.#at = this.#text.length - held;
    return false;
  }

  #takeText(): XmlPart {
    const text = this.#text.slice(0, this.#at);
    const before = this.#before + text.slice(-MAX_TAG);
    this.#before = before.slice(Math.max(before.lastIndexOf('<'), before.length - MAX_TAG));
    this.#text = this.#text.slice(this.#at);
    this.#at = 0;
    return { text, isRepaired: false };
  }

  #findStart(isLast: boolean): boolean {
    const start = this.#text.indexOf(START, this.#at);
    if (start < 0) return this.#skipAll(START, isLast);
    const tagAt = start === 0 ? -1 : this.#text.lastIndexOf('<', start - 1);
    const before = tagAt < 0 ? this.#before + this.#text.slice(0, start) : this.#text.slice(tagAt, start);
    const tag = before.length > MAX_TAG ? '' : before.slice(before.lastIndexOf('<'));
    this.#element = OPENING_TAG.exec(tag)?.[1] ?? '';
    this.#at = start + START.length;
    return true;
  }

  /** Returns the index of the closing tag after the `end` of a section, -1 if it is not there yet. */
  #findClosingTag(name: string, end: number): number {
    if (name === '') return end;
    for (let close = end; ; close += 1) {
      close = this.#text.indexOf(`</${name}`, close);
      const next = this.#text[close + name.length + 2];
      if (close < 0 || next === undefined) return -1;
      if (/[\s>]/.test(next)) return close;
    }
  }
}

/**
 * Escapes all ends but the last in the rest of an element, from inside its first CDATA section.
 *
 * @returns null if the text is XML as it is
 */
function repair(text: string): string | null {
  const last = text.lastIndexOf(END);
  // The text of another item would not belong to this one.
  const isOneItem = text.indexOf('</item>', text.indexOf(END)) < 0;
  if (!isOneItem || text.slice(last + END.length).trim() !== '' || !hasStrayEnd(text)) return null;
  return text.slice(0, last).replaceAll(END, ESCAPED_END) + text.slice(last);
}

/** Whether there is an end without a start before it, apart from the first. */
function hasStrayEnd(text: string): boolean {
  for (let at = text.indexOf(END) + END.length; ; ) {
    const end = text.indexOf(END, at);
    if (end < 0) return false;
    const start = text.indexOf(START, at);
    if (start < 0 || start > end) return true;
    at = end + END.length;
  }
}
