import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import { HTML_ENTITIES } from '../html/html-entities.ts';
import type { SaxesListener } from './saxes-adapter.ts';
import { SaxesAdapter } from './saxes-adapter.ts';
import { WxrError } from './wxr-error.ts';
import type { WxrWarningCode } from './wxr-records.ts';
import { UNDECODABLE } from './xml-encoding.ts';
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
const FORBIDDEN = /[^\t\n\r\u0020-\ufffd]/g;

/**
 * A lenient XML parser on top of saxes. Namespaces are enabled, because a prefix has no meaning without them (parsing
 * alone takes 10% longer on long posts, 40% longer on tiny ones). In addition to saxes it replaces or removes characters
 * that XML forbids instead of rejecting the file, resolves HTML entity names, accepts undeclared prefixes and blank lines
 * before the XML declaration, and limits the depth, the number of attributes and the length of a token. A DOCTYPE is
 * skipped: entities that it declares are unknown, so nothing is expanded and no URL is fetched.
 */
export class XmlParser implements SaxesListener {
  readonly #saxes = new SaxesAdapter(this);
  readonly #handler: XmlHandler;
  readonly #maxTokenCharacters: number;
  readonly #openElements: OpenElement[] = [];
  #justClosed: OpenElement | undefined;
  #hasSeenElement = false;
  #attributeCount = 0;
  #tagLine = 1;
  #lastEventPosition = 0;
  #endsWithCarriageReturn = false;

  constructor(handler: XmlHandler, maxTokenCharacters: number) {
    this.#handler = handler;
    this.#maxTokenCharacters = maxTokenCharacters;
  }

  /** @throws WxrError if the XML is malformed */
  write(text: string): void {
    let from = 0;
    for (const { 0: character, index } of text.matchAll(FORBIDDEN)) {
      this.#feed(text.slice(from, index));
      this.#replaceForbidden(character);
      from = index + 1;
    }
    this.#feed(from === 0 ? text : text.slice(from));
  }

  /** @throws WxrError if the document is not complete */
  end(): void {
    // saxes buffers the text after an ampersand until the semicolon. If none came, report the ampersand.
    const { entity } = this.#saxes;
    if (/[^\w#]/.test(entity)) this.#failOnEntity(entity);
    this.#saxes.close();
  }

  #feed(text: string): void {
    if (text === '') return;
    this.#saxes.write(text);
    this.#endsWithCarriageReturn = text.endsWith('\r');
    if (this.#saxes.position - this.#lastEventPosition > this.#maxTokenCharacters) {
      const limit = Math.floor(this.#maxTokenCharacters / 2 ** 20);
      throw new WxrError(`A single piece of text exceeds the limit of ${limit} Mi characters.`, this.#line);
    }
  }

  #replaceForbidden(character: string): void {
    const isUndecodable = character === UNDECODABLE;
    this.#handler.onWarning(isUndecodable ? 'invalid_encoding' : 'control_character', this.#line);
    this.#feed(isUndecodable ? '\ufffd' : replacementFor(character.charCodeAt(0)));
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
    this.#hasSeenElement = true;
    this.#openElements.push({ name: tag.name, line: this.#tagLine });
    if (this.#openElements.length > MAX_DEPTH) this.#fail('elements are nested too deeply');
    const prefix = conventionalPrefix(tag.uri);
    this.#handler.onOpenTag(prefix === '' ? tag.local : `${prefix}:${tag.local}`, tag.attributes, this.#tagLine);
  }

  onCloseTag(): void {
    this.#lastEventPosition = this.#saxes.position;
    this.#justClosed = this.#openElements.pop();
    this.#handler.onCloseTag();
  }

  onText(data: string, isCdata: boolean): void {
    this.#lastEventPosition = this.#saxes.position;
    this.#handler.onText(data, isCdata);
  }

  onNonContent(): void {
    this.#lastEventPosition = this.#saxes.position;
  }

  onError(message: string): void {
    // A stray newline in a PHP file puts blank lines before the declaration: the most common error in real exports.
    if (/XML declaration must (?:be|appear) at the start/.test(message) && !this.#hasSeenElement) return;
    this.#fail(describeXmlError(message, this.#openElements.at(-1), this.#justClosed));
  }

  /** Returns the replacement of a reference that saxes would reject, undefined for one that it can resolve. */
  resolveEntity(entity: string): string | undefined {
    if (entity in this.#saxes.ENTITIES) return undefined;
    const digits = /^#(?:x([\da-f]+)|(\d+))$/i.exec(entity);
    if (digits) {
      const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
      if (isXmlCharacter(code)) return undefined;
      this.#handler.onWarning('forbidden_reference', this.#line);
      return code < 0x20 ? replacementFor(code) : '\ufffd';
    }
    const character = HTML_ENTITIES.get(entity);
    if (character === undefined) return this.#failOnEntity(entity);
    this.#handler.onWarning('html_entity', this.#line);
    return character;
  }

  #failOnEntity(entity: string): never {
    const line = this.#line - (entity.match(/\r\n?|\n/g)?.length ?? 0);
    const message = /^[\w.:-]{1,40}$/.test(entity)
      ? `The XML is malformed: unknown entity &${entity}; (entities declared in a DOCTYPE are not supported).`
      : 'The XML is malformed: an & does not start an entity; in text it must be written as &amp;.';
    throw new WxrError(message, line);
  }

  #fail(reason: string): never {
    throw new WxrError(`The XML is malformed: ${reason}.`, this.#line, this.#saxes.column);
  }
}

/** Returns a space for vertical tab and form feed, which separate words, as in WordPress's own importer; else ''. */
function replacementFor(code: number): string {
  return code === 0x0b || code === 0x0c ? ' ' : '';
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= 0x10ffff);
}
