import type { SaxesAttributeNS } from 'saxes';
import { WxrDates } from './wxr-dates.ts';
import { DEFINITION_FIELDS, definitionOf } from './wxr-definitions.ts';
import { detached, WxrFields, XmlText } from './wxr-element.ts';
import { WxrError } from './wxr-error.ts';
import { ITEM_FIELDS, itemOf } from './wxr-item.ts';
import type { WxrRecord, WxrWarningCode } from './wxr-records.ts';
import { WARNING_TEXT } from './wxr-records.ts';
import { isKnownVersion, SITE_FIELDS, siteOf, versionOfRoot } from './wxr-site.ts';
import type { XmlHandler } from './xml-parser.ts';

type Attributes = Record<string, SaxesAttributeNS>;

/** What a piece of text and a link cost in memory besides their characters, roughly, in characters. */
const PIECE_COST = 30;
const TERM_COST = 200;

/**
 * Builds records from the elements of a WXR file, of which only four levels matter: rss, channel, its children, and
 * their fields. Everything else is skipped as it goes by, so that at any time one author, term or item is in memory.
 */
export class WxrChannel implements XmlHandler {
  readonly #maxRecord: number;
  readonly #dates = new WxrDates();
  readonly #cleaned = new Map<WxrWarningCode, { line: number; count: number }>();
  #records: WxrRecord[] = [];
  #site = new WxrFields('channel', 1);
  #siteIsTold = false;
  #namespaceVersion = '';
  #usesWordPress = false;
  #depth = 0;
  /** The depth of the element that is being skipped with all it holds; 0 for none. */
  #skipped = 0;
  #fields: WxrFields | null = null;
  #text: XmlText | null = null;
  /** The key of the metadata that is being read; null outside of metadata. */
  #metaKey: XmlText | null = null;
  #size = 0;

  constructor(maxRecord: number) {
    this.#maxRecord = maxRecord;
  }

  /** The records finished since the last call. */
  take(): WxrRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  open(name: string, attributes: Attributes, line: number): void {
    this.#depth += 1;
    if (this.#skipped > 0) return;
    this.#usesWordPress ||= name.startsWith('wp:');
    if (!this.#openAt(this.#depth, name, attributes, line)) this.#skipped = this.#depth;
  }

  text(data: string, isCdata: boolean): void {
    if (this.#skipped > 0 || this.#text === null) return;
    this.#charge(data.length + PIECE_COST);
    this.#text.add(data, isCdata);
  }

  close(): void {
    if (this.#skipped === this.#depth) this.#skipped = 0;
    else if (this.#skipped === 0) this.#closeAt(this.#depth);
    this.#depth -= 1;
  }

  cleaned(code: WxrWarningCode, line: number): void {
    const seen = this.#cleaned.get(code);
    if (seen) seen.count += 1;
    else this.#cleaned.set(code, { line, count: 1 });
  }

  /** Says whether anything inside the element is wanted. Below a field all of it is: stray markup keeps its text. */
  #openAt(depth: number, name: string, attributes: Attributes, line: number): boolean {
    if (depth === 1) this.#namespaceVersion = versionOfRoot(name, attributes, line);
    if (depth === 2) return this.#openChannel(name, line);
    if (depth === 3) return this.#openChild(name, line);
    if (this.#fields === null) return true;
    if (depth === 4) return this.#openField(this.#fields, name, attributes, line);
    return depth > 5 || this.#metaKey === null || this.#openMeta(this.#fields, this.#metaKey, name);
  }

  #openChannel(name: string, line: number): boolean {
    if (name === 'channel' && !this.#siteIsTold) this.#site = new WxrFields(name, line);
    return name === 'channel';
  }

  #openChild(name: string, line: number): boolean {
    this.#size = 0;
    if (name === 'item' || DEFINITION_FIELDS.has(name)) this.#fields = new WxrFields(name, line);
    else if (SITE_FIELDS.has(name)) this.#text = this.#site.begin(name);
    else return false;
    return true;
  }

  #openField(fields: WxrFields, name: string, attributes: Attributes, line: number): boolean {
    const wanted = fields.name === 'item' ? ITEM_FIELDS : DEFINITION_FIELDS.get(fields.name);
    if (wanted?.has(name)) this.#text = fields.begin(name);
    else if (fields.name !== 'item') return false;
    else if (name === 'category') this.#text = this.#openTerm(fields, attributes, line);
    else if (name === 'wp:postmeta') this.#metaKey = new XmlText();
    else if (name !== 'wp:comment') return false;
    if (name === 'wp:postmeta') fields.postmeta += 1;
    if (name === 'wp:comment') fields.comments += 1;
    return name !== 'wp:comment';
  }

  #openTerm(fields: WxrFields, attributes: Attributes, line: number): XmlText {
    const text = new XmlText();
    const domain = detached(attributes['domain']?.value ?? '');
    const nicename = detached(attributes['nicename']?.value ?? '');
    this.#charge(domain.length + nicename.length + TERM_COST);
    fields.terms.push({ line, domain, nicename, text });
    return text;
  }

  /** Metadata can be huge, and plugins fill it; one entry of all that WordPress knows is worth its memory. */
  #openMeta(fields: WxrFields, key: XmlText, name: string): boolean {
    if (name === 'wp:meta_key') this.#text = key;
    else if (name !== 'wp:meta_value' || key.plain !== '_wp_trash_meta_status') return false;
    else this.#text = fields.trashedFrom = new XmlText();
    return true;
  }

  #closeAt(depth: number): void {
    if (depth > 5 || (depth === 5 && this.#metaKey === null)) return;
    this.#text = null;
    if (depth <= 4) this.#metaKey = null;
    if (depth === 3 && this.#fields !== null) this.#finish(this.#fields);
    if (depth === 2) this.#tellSite();
    if (depth === 1 && !this.#siteIsTold)
      throw new WxrError('The file is not a WordPress export: it has no <channel>.');
    if (depth <= 2) this.#tellCleaned();
  }

  #finish(fields: WxrFields): void {
    this.#fields = null;
    this.#tellSite();
    const warn = (code: WxrWarningCode): void => this.cleaned(code, fields.line);
    this.#records.push(fields.name === 'item' ? itemOf(fields, this.#dates, warn) : definitionOf(fields));
    this.#tellCleaned();
  }

  /** Before the first record, which comes when all that describes the site has been read. */
  #tellSite(): void {
    if (this.#siteIsTold) return;
    const site = siteOf(this.#site, this.#namespaceVersion, this.#usesWordPress);
    if (!isKnownVersion(site.version)) this.cleaned('unknown_version', site.line);
    this.#records.push(site);
    this.#siteIsTold = true;
  }

  #tellCleaned(): void {
    for (const [code, { line, count }] of this.#cleaned) {
      const message = WARNING_TEXT[code] + (count === 1 ? '' : ` (${count} times)`);
      this.#records.push({ kind: 'warning', line, code, message, count });
    }
    this.#cleaned.clear();
  }

  #charge(characters: number): void {
    this.#size += characters;
    if (this.#size <= this.#maxRecord) return;
    const limit = Math.floor(this.#maxRecord / 2 ** 20);
    const { name, line } = this.#fields ?? this.#site;
    throw new WxrError(
      `The <${name}> that begins here is larger than ${limit} Mi characters, the most that is read.`,
      line,
    );
  }
}
