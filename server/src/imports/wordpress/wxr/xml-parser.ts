import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import { HTML_ENTITIES } from '../html/html-entities.ts';
import type { SaxesListener } from './saxes-adapter.ts';
import { Saxes } from './saxes-adapter.ts';
import { WxrError } from './wxr-error.ts';
import type { WxrWarningCode } from './wxr-records.ts';
import { UNDECODABLE } from './xml-encoding.ts';
import type { OpenElement } from './xml-errors.ts';
import { explainXmlError } from './xml-errors.ts';
import { familyOf } from './xml-namespaces.ts';

/** What the reader tells; calls come in document order and none while an element is half read. */
export interface XmlHandler {
  /** `name` carries the customary prefix of its namespace (wp:post_id), whatever prefix the file uses. */
  open(name: string, attributes: Record<string, SaxesAttributeNS>, line: number): void;
  /** A run of character data, or one CDATA section. */
  text(data: string, isCdata: boolean): void;
  close(): void;
  /** Something was cleaned at that line. */
  cleaned(code: WxrWarningCode, line: number): void;
}

const MAX_DEPTH = 256;
const MAX_ATTRIBUTES = 256;
const FORBIDDEN = /[^\t\n\r\u0020-\ufffd]/g;

/**
 * An XML parser for files from the wild, on top of saxes. Namespaces are on, because only they say what a prefix means
 * (parsing alone then takes a tenth longer on long posts, 40% longer on tiny ones). Beyond saxes it cleans what XML
 * forbids instead of refusing it, reads HTML's entity names, tolerates prefixes that are bound to nothing and blank lines
 * before the XML declaration, and keeps depth, attributes and the length of any one token within limits. A DOCTYPE is
 * skipped unread: an entity that it declares is unknown here, so there is nothing to expand and no address to fetch.
 */
export class XmlReader implements SaxesListener {
  readonly #parser = new Saxes(this);
  readonly #handler: XmlHandler;
  readonly #maxToken: number;
  readonly #elements: OpenElement[] = [];
  #justClosed: OpenElement | undefined;
  #sawElement = false;
  #attributes = 0;
  #tagLine = 1;
  #lastEvent = 0;
  #endsWithReturn = false;

  constructor(handler: XmlHandler, maxToken: number) {
    this.#handler = handler;
    this.#maxToken = maxToken;
  }

  /** Reads on. Throws WxrError where the XML is malformed. */
  write(text: string): void {
    let from = 0;
    for (const { 0: character, index } of text.matchAll(FORBIDDEN)) {
      this.#feed(text.slice(from, index));
      this.#clean(character);
      from = index + 1;
    }
    this.#feed(from === 0 ? text : text.slice(from));
  }

  /** The file is over. Throws WxrError if it should not be. */
  end(): void {
    // What follows an ampersand is kept aside until its semicolon; without one, that is the fault to name.
    const { entity } = this.#parser;
    if (/[^\w#]/.test(entity)) this.#unknownReference(entity);
    this.#parser.close();
  }

  #feed(text: string): void {
    if (text === '') return;
    this.#parser.write(text);
    this.#endsWithReturn = text.endsWith('\r');
    if (this.#parser.position - this.#lastEvent > this.#maxToken) {
      const limit = Math.floor(this.#maxToken / 2 ** 20);
      throw new WxrError(`One piece of text is longer than ${limit} Mi characters, the most that is read.`, this.#line);
    }
  }

  #clean(character: string): void {
    const isUndecodable = character === UNDECODABLE;
    this.#handler.cleaned(isUndecodable ? 'invalid_encoding' : 'control_character', this.#line);
    this.#feed(isUndecodable ? '\ufffd' : stand(character.charCodeAt(0)));
  }

  /** saxes keeps a final carriage return back until it sees whether a line feed follows. */
  get #line(): number {
    return this.#parser.line + (this.#endsWithReturn ? 1 : 0);
  }

  /** By the time a tag is whole, the parser may be lines further down. */
  tagBegins(): void {
    this.#tagLine = this.#parser.line;
  }

  attribute(): void {
    this.#attributes += 1;
    if (this.#attributes > MAX_ATTRIBUTES) this.#fail('an element has too many attributes');
  }

  open(tag: SaxesTagNS): void {
    this.#lastEvent = this.#parser.position;
    this.#attributes = 0;
    this.#sawElement = true;
    this.#elements.push({ name: tag.name, line: this.#tagLine });
    if (this.#elements.length > MAX_DEPTH) this.#fail('elements are nested too deeply');
    const family = familyOf(tag.uri);
    this.#handler.open(family === '' ? tag.local : `${family}:${tag.local}`, tag.attributes, this.#tagLine);
  }

  close(): void {
    this.#lastEvent = this.#parser.position;
    this.#justClosed = this.#elements.pop();
    this.#handler.close();
  }

  text(data: string, isCdata: boolean): void {
    this.#lastEvent = this.#parser.position;
    this.#handler.text(data, isCdata);
  }

  aside(): void {
    this.#lastEvent = this.#parser.position;
  }

  error(message: string): void {
    // A stray newline in some PHP file puts blank lines before the declaration: the commonest flaw of real exports.
    if (/XML declaration must (?:be|appear) at the start/.test(message) && !this.#sawElement) return;
    this.#fail(explainXmlError(message, this.#elements.at(-1), this.#justClosed));
  }

  /** What stands for a reference that saxes would refuse; undefined for those it reads itself. */
  reference(entity: string): string | undefined {
    if (entity in this.#parser.ENTITIES) return undefined;
    const digits = /^#(?:x([\da-f]+)|(\d+))$/i.exec(entity);
    if (digits) {
      const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
      if (isXmlCharacter(code)) return undefined;
      this.#handler.cleaned('forbidden_reference', this.#line);
      return code < 0x20 ? stand(code) : '\ufffd';
    }
    const character = HTML_ENTITIES.get(entity);
    if (character === undefined) return this.#unknownReference(entity);
    this.#handler.cleaned('html_entity', this.#line);
    return character;
  }

  #unknownReference(entity: string): never {
    const line = this.#line - (entity.match(/\r\n?|\n/g)?.length ?? 0);
    const sentence = /^[\w.:-]{1,40}$/.test(entity)
      ? `The XML is malformed: the entity &${entity}; is unknown (entities that a DOCTYPE declares are not read).`
      : 'The XML is malformed: an & begins no entity; as a character of text it has to be written &amp;.';
    throw new WxrError(sentence, line);
  }

  #fail(reason: string): never {
    throw new WxrError(`The XML is malformed: ${reason}.`, this.#line, this.#parser.column);
  }
}

/** Vertical tab and form feed part words and become a space, as in WordPress's own importer; the rest is nothing. */
function stand(code: number): string {
  return code === 0x0b || code === 0x0c ? ' ' : '';
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= 0x10ffff);
}
