import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import { HTML_ENTITIES } from '../html/html-entities.ts';
import { NestedCdata } from './nested-cdata.ts';
import type { SaxesListener } from './saxes-adapter.ts';
import { SaxesAdapter } from './saxes-adapter.ts';
import { decodeWindows1252, UNDECODABLE } from './utf8-decoder.ts';
import { WxrError } from './wxr-error.ts';
import type { WxrWarningCode } from './wxr-records.ts';
import { FORBIDDEN, isXmlCharacter, replacementFor } from './xml-characters.ts';
import type { OpenElement } from './xml-errors.ts';
import { describeXmlError } from './xml-errors.ts';
import { conventionalPrefix } from './xml-namespaces.ts';

/** Receives the events of the parser in document order. */
export interface XmlHandler {
  /** @param name with the conventional prefix of its namespace (wp:post_id), whichever prefix the file uses */
  onOpenTag(name: string, attributes: Record<string, SaxesAttributeNS>, line: number): void;
  /** A run of character data, or one CDATA section. */
  onText(data: string, isCdata: boolean): void;
  onCloseTag(): void;
  /** The parser replaced or removed something that XML does not allow. */
  onWarning(code: WxrWarningCode, line: number): void;
}

const MAX_DEPTH = 256;
const MAX_ATTRIBUTES = 256;
const WXR_NAME = /^(?:rss|channel|item|wp:.*)$/s;
/** The errors after the root element that show a second export or a part of one. */
const IS_WXR_ERROR = /XML declaration must|^unmatched closing tag: (?:rss|channel|item|wp:.*)\.$/s;
const STRAY_CDATA_END = 'the string "]]>" is disallowed in char data.';

/**
 * A lenient XML parser on top of saxes. Namespaces are enabled, because a prefix has no meaning without them (parsing
 * alone takes 10% longer on long posts, 40% longer on tiny ones). In addition to saxes it replaces or removes characters
 * that XML forbids instead of rejecting the file, resolves HTML entity names, accepts undeclared prefixes, blank lines
 * before the XML declaration, a bare `&`, a `]]>` in text, CDATA inside of CDATA and anything but WXR after the root
 * element, and limits the depth, the number of attributes and the length of a token. A DOCTYPE is skipped: entities that it
 * declares are unknown, so nothing is expanded and no URL is fetched.
 */
export class XmlParser implements SaxesListener {
  readonly #saxes = new SaxesAdapter(this);
  readonly #nestedCdata = new NestedCdata();
  readonly #handler: XmlHandler;
  readonly #maxTokenCharacters: number;
  readonly #openElements: OpenElement[] = [];
  #justClosed: OpenElement | undefined;
  #hasSeenElement = false;
  #attributeCount = 0;
  #tagLine = 1;
  #lastEventPosition = 0;
  #endsWithCarriageReturn = false;
  #isRootClosed = false;
  #rootEndLine = 1;
  #hasContentAfterEnd = false;
  /** Whether a CDATA section follows the last tag. */
  #hasCdata = false;

  constructor(handler: XmlHandler, maxTokenCharacters: number) {
    this.#handler = handler;
    this.#maxTokenCharacters = maxTokenCharacters;
  }

  /** @throws WxrError if the XML is malformed */
  write(text: string, isLast = false): void {
    for (const part of this.#nestedCdata.write(text, isLast)) {
      if (part.isRepaired) this.#handler.onWarning('nested_cdata', this.#line);
      this.#clean(part.text);
    }
  }

  #clean(text: string): void {
    let from = 0;
    for (const { 0: character, index } of text.matchAll(FORBIDDEN)) {
      this.#feed(text.slice(from, index));
      this.#replaceForbidden(character, text[index + 1]);
      from = index + 1;
    }
    this.#feed(from === 0 ? text : text.slice(from));
  }

  /** @throws WxrError if the document is not complete */
  end(): void {
    this.write('', true);
    this.#saxes.close();
  }

  #feed(text: string): void {
    if (text === '') return;
    this.#endsWithCarriageReturn = false;
    this.#saxes.write(text);
    this.#endsWithCarriageReturn = text.endsWith('\r');
    if (this.#saxes.position - this.#lastEventPosition > this.#maxTokenCharacters) {
      const limit = Math.floor(this.#maxTokenCharacters / 2 ** 20);
      throw new WxrError(`A single piece of text exceeds the limit of ${limit} Mi characters.`, this.#line);
    }
  }

  /** @param next the next character: after UNDECODABLE, what the invalid bytes were read as */
  #replaceForbidden(character: string, next: string | undefined): void {
    if (character === UNDECODABLE)
      return this.#handler.onWarning(next === '\ufffd' ? 'invalid_encoding' : 'windows_1252', this.#line);
    this.#handler.onWarning('control_character', this.#line);
    this.#feed(replacementFor(character.charCodeAt(0)));
  }

  /** The current line. saxes buffers a trailing carriage return until it knows whether a line feed follows. */
  get #line(): number {
    return this.#saxes.line + (this.#endsWithCarriageReturn ? 1 : 0);
  }

  /** Remembers the line of a tag: when the tag is complete, the parser can be several lines further down. */
  onTagStart(): void {
    this.#tagLine = this.#saxes.line;
  }

  onAttribute(): void {
    this.#attributeCount += 1;
    if (this.#attributeCount > MAX_ATTRIBUTES) this.#fail('an element has too many attributes');
  }

  onOpenTag(tag: SaxesTagNS): void {
    this.#lastEventPosition = this.#saxes.position;
    this.#attributeCount = 0;
    this.#hasCdata = false;
    if (this.#isRootClosed) return this.#failIfWxr(tag.name);
    this.#hasSeenElement = true;
    this.#openElements.push({ name: tag.name, line: this.#tagLine });
    if (this.#openElements.length > MAX_DEPTH) this.#fail('elements are nested too deeply');
    const prefix = conventionalPrefix(tag.uri);
    this.#handler.onOpenTag(prefix === '' ? tag.local : `${prefix}:${tag.local}`, tag.attributes, this.#tagLine);
  }

  onCloseTag(): void {
    this.#lastEventPosition = this.#saxes.position;
    this.#hasCdata = false;
    if (this.#isRootClosed) return;
    this.#justClosed = this.#openElements.pop();
    this.#isRootClosed = this.#openElements.length === 0;
    this.#rootEndLine = this.#line;
    this.#handler.onCloseTag();
  }

  onText(data: string, isCdata: boolean): void {
    this.#lastEventPosition = this.#saxes.position;
    this.#hasCdata ||= isCdata;
    if (!this.#isRootClosed) this.#handler.onText(data, isCdata);
  }

  onNonContent(): void {
    this.#lastEventPosition = this.#saxes.position;
  }

  onError(message: string): void {
    // A stray newline in a PHP file puts blank lines before the declaration: the most common error in real exports. The
    // encoding was decided before.
    if (/XML declaration must (?:be|appear) at the start|^encoding value/.test(message) && !this.#hasSeenElement)
      return;
    if (this.#isRootClosed && !IS_WXR_ERROR.test(message)) return this.#warnOfContentAfterEnd();
    // After a CDATA section, the text before the ]]> can be the rest of a section that ended too early.
    if (message === STRAY_CDATA_END && !this.#hasCdata) return this.#handler.onWarning('stray_cdata_end', this.#line);
    this.#fail(describeXmlError(message, this.#openElements.at(-1), this.#justClosed));
  }

  onBareAmpersand(): void {
    if (this.#isRootClosed) this.#warnOfContentAfterEnd();
    else this.#handler.onWarning('bare_ampersand', this.#line);
  }

  /** Plugins append notices. The line is that of `</rss>`, because saxes reports text at its end. */
  #warnOfContentAfterEnd(): void {
    if (!this.#hasContentAfterEnd) this.#handler.onWarning('content_after_end', this.#rootEndLine);
    this.#hasContentAfterEnd = true;
  }

  /** Ignoring a second export, or items after the end, would lose content. */
  #failIfWxr(name: string): void {
    if (WXR_NAME.test(name)) this.#fail('there is a second root element');
    this.#warnOfContentAfterEnd();
  }

  /** Returns the replacement of a reference that saxes would reject, undefined for one that it can resolve. */
  resolveEntity(entity: string): string | undefined {
    if (entity in this.#saxes.ENTITIES) return undefined;
    const digits = /^#(?:x([\da-f]+)|(\d+))$/i.exec(entity);
    if (digits) {
      const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
      if (code >= 0x80 && code < 0xa0) return this.#resolveWindows1252(code);
      if (isXmlCharacter(code)) return undefined;
      this.#handler.onWarning('forbidden_reference', this.#line);
      return code < 0x20 ? replacementFor(code) : '\ufffd';
    }
    const character = HTML_ENTITIES.get(entity);
    if (character === undefined) return this.#isRootClosed ? '' : this.#failOnEntity(entity);
    this.#handler.onWarning('html_entity', this.#line);
    return character;
  }

  /** In HTML these numbers are Windows-1252, and titles were not in CDATA before WordPress 5.7. In XML they are invisible. */
  #resolveWindows1252(code: number): string {
    this.#handler.onWarning('windows_1252_reference', this.#line);
    return decodeWindows1252(code);
  }

  #failOnEntity(entity: string): never {
    const message = /^[\w.:-]{1,40}$/.test(entity)
      ? `The XML is malformed: unknown entity &${entity}; (entities declared in a DOCTYPE are not supported).`
      : 'The XML is malformed: an & does not start an entity; in text it must be written as &amp;.';
    throw new WxrError(message, this.#line);
  }

  #fail(reason: string): never {
    throw new WxrError(`The XML is malformed: ${reason}.`, this.#line, this.#saxes.column);
  }
}
