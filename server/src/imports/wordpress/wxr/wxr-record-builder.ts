import type { SaxesAttributeNS } from 'saxes';
import { WxrDateResolver } from './wxr-dates.ts';
import { DEFINITION_FIELDS, parseDefinition } from './wxr-definitions.ts';
import { WxrElement } from './wxr-element.ts';
import { WxrError } from './wxr-error.ts';
import { ITEM_FIELDS, parseItem } from './wxr-item.ts';
import type { WxrRecord, WxrWarningCode } from './wxr-records.ts';
import { WARNING_MESSAGES } from './wxr-records.ts';
import { isKnownVersion, parseSite, rootVersion, SITE_FIELDS } from './wxr-site.ts';
import type { XmlHandler } from './xml-parser.ts';
import { copyString, XmlText } from './xml-text.ts';

/** The status before the trash, the id of the featured image, and a slug that redirects. */
const KEPT_META = new Set(['_wp_trash_meta_status', '_thumbnail_id', '_wp_old_slug']);

type Attributes = Record<string, SaxesAttributeNS>;

/** Skipping it like an unknown element would lose a post. */
const MISPLACED_ITEM = 'There is an <item> here that is not directly in the <channel>.';

/** The approximate memory overhead of a text node and of an item's term, in characters. */
const TEXT_NODE_OVERHEAD = 30;
const TERM_OVERHEAD = 200;

/**
 * Builds records from the elements of a WXR file. Four levels matter: rss, channel, the children of the channel, and
 * their fields. Everything else is skipped while parsing, so only one author, term or item is in memory at a time.
 */
export class WxrRecordBuilder implements XmlHandler {
  readonly #maxRecordCharacters: number;
  readonly #dates = new WxrDateResolver();
  readonly #pendingWarnings = new Map<WxrWarningCode, { line: number; count: number }>();
  #records: WxrRecord[] = [];
  #channel = new WxrElement('channel', 1);
  #siteEmitted = false;
  /** The WXR version in the namespace URIs of the root element. */
  #namespaceVersion = '';
  #hasWordPressElements = false;
  #depth = 0;
  /** The depth of the element that is being skipped, 0 if none is. */
  #skippedDepth = 0;
  /** The author, term or item that is being read, null between two of them. */
  #element: WxrElement | null = null;
  /** The text that is being read, null outside of the fields that are kept. */
  #text: XmlText | null = null;
  /** The key of the `<wp:postmeta>` or `<wp:termmeta>` that is being read, null outside of one. */
  #metaKey: XmlText | null = null;
  #recordCharacters = 0;

  constructor(maxRecordCharacters: number) {
    this.#maxRecordCharacters = maxRecordCharacters;
  }

  /** Returns the records completed since the last call. */
  takeRecords(): WxrRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  /** Must be called after the last event: what follows the root element can have warnings. */
  end(): void {
    this.#emitWarnings();
  }

  onOpenTag(name: string, attributes: Attributes, line: number): void {
    this.#depth += 1;
    if (name === 'item' && this.#depth !== 3) throw new WxrError(MISPLACED_ITEM, line);
    if (this.#skippedDepth > 0) return;
    this.#hasWordPressElements ||= name.startsWith('wp:');
    if (!this.#openAt(this.#depth, name, attributes, line)) this.#skippedDepth = this.#depth;
  }

  onText(data: string, isCdata: boolean): void {
    if (this.#skippedDepth > 0 || this.#text === null) return;
    this.#addToRecordSize(data.length + TEXT_NODE_OVERHEAD);
    this.#text.add(data, isCdata);
  }

  onCloseTag(): void {
    if (this.#skippedDepth === this.#depth) this.#skippedDepth = 0;
    else if (this.#skippedDepth === 0) this.#closeAt(this.#depth);
    this.#depth -= 1;
  }

  onWarning(code: WxrWarningCode, line: number): void {
    const warning = this.#pendingWarnings.get(code);
    if (warning) warning.count += 1;
    else this.#pendingWarnings.set(code, { line, count: 1 });
  }

  /** Returns false to skip the element. Inside a field nothing is skipped, so stray markup keeps its text. */
  #openAt(depth: number, name: string, attributes: Attributes, line: number): boolean {
    if (depth === 1) this.#namespaceVersion = rootVersion(name, attributes, line);
    if (depth === 2) return this.#openChannel(name, line);
    if (depth === 3) return this.#openChild(name, line);
    if (this.#element === null) return true;
    if (depth === 4) return this.#openField(this.#element, name, attributes, line);
    if (this.#text !== null) this.onWarning('unescaped_markup', line);
    return depth > 5 || this.#metaKey === null || this.#openMetaField(this.#element, this.#metaKey, name);
  }

  #openChannel(name: string, line: number): boolean {
    if (name === 'channel' && !this.#siteEmitted) this.#channel = new WxrElement(name, line);
    return name === 'channel';
  }

  #openChild(name: string, line: number): boolean {
    this.#recordCharacters = 0;
    if (name === 'item' || DEFINITION_FIELDS.has(name)) this.#element = new WxrElement(name, line);
    else if (SITE_FIELDS.has(name)) this.#text = this.#channel.startField(name);
    else return false;
    return true;
  }

  #openField(element: WxrElement, name: string, attributes: Attributes, line: number): boolean {
    const fieldNames = element.name === 'item' ? ITEM_FIELDS : DEFINITION_FIELDS.get(element.name);
    if (fieldNames?.has(name)) this.#text = element.startField(name);
    else if (name === 'wp:postmeta' || name === 'wp:termmeta') this.#openMeta(element);
    else if (element.name !== 'item') return false;
    else if (name === 'category') this.#text = this.#openTerm(element, attributes, line);
    else if (name !== 'wp:comment') return false;
    if (name === 'wp:comment') element.commentCount += 1;
    return name !== 'wp:comment';
  }

  #openTerm(element: WxrElement, attributes: Attributes, line: number): XmlText {
    const text = new XmlText();
    const domain = copyString(attributes['domain']?.value ?? '');
    const nicename = copyString(attributes['nicename']?.value ?? '');
    this.#addToRecordSize(domain.length + nicename.length + TERM_OVERHEAD);
    element.terms.push({ line, domain, nicename, text });
    return text;
  }

  #openMeta(element: WxrElement): void {
    this.#metaKey = new XmlText();
    this.#addToRecordSize(TERM_OVERHEAD);
    element.meta.push({ key: this.#metaKey, value: null });
  }

  /** Keeps a few values of WordPress's own metadata. The rest is skipped: plugins store huge values there. */
  #openMetaField(element: WxrElement, key: XmlText, name: string): boolean {
    if (name === 'wp:meta_key') this.#text = key;
    const meta = element.meta.at(-1);
    if (name === 'wp:meta_value' && meta && KEPT_META.has(key.trimmed)) this.#text = meta.value = new XmlText();
    return this.#text !== null;
  }

  #closeAt(depth: number): void {
    if (depth > 5 || (depth === 5 && this.#metaKey === null)) return;
    this.#text = null;
    if (depth <= 4) this.#metaKey = null;
    if (depth === 3 && this.#element !== null) this.#emitElement(this.#element);
    if (depth === 2) this.#emitSite();
    if (depth === 1 && !this.#siteEmitted)
      throw new WxrError('The file is not a WordPress export: it has no <channel>.');
    if (depth <= 2) this.#emitWarnings();
  }

  #emitElement(element: WxrElement): void {
    this.#element = null;
    this.#emitSite();
    const warn = (code: WxrWarningCode): void => this.onWarning(code, element.line);
    this.#records.push(element.name === 'item' ? parseItem(element, this.#dates, warn) : parseDefinition(element));
    this.#emitWarnings();
  }

  /** Emits the site before the first other record: by then all fields that describe the site have been read. */
  #emitSite(): void {
    if (this.#siteEmitted) return;
    const site = parseSite(this.#channel, this.#namespaceVersion, this.#hasWordPressElements);
    if (!isKnownVersion(site.version)) this.onWarning('unknown_version', site.line);
    this.#records.push(site);
    this.#siteEmitted = true;
  }

  #emitWarnings(): void {
    for (const [code, { line, count }] of this.#pendingWarnings) {
      const message = WARNING_MESSAGES[code] + (count === 1 ? '' : ` (${count} times)`);
      this.#records.push({ kind: 'warning', line, code, message, count });
    }
    this.#pendingWarnings.clear();
  }

  #addToRecordSize(characters: number): void {
    this.#recordCharacters += characters;
    if (this.#recordCharacters <= this.#maxRecordCharacters) return;
    const limit = Math.floor(this.#maxRecordCharacters / 2 ** 20);
    const { name, line } = this.#element ?? this.#channel;
    throw new WxrError(`The <${name}> that starts here exceeds the limit of ${limit} Mi characters.`, line);
  }
}
