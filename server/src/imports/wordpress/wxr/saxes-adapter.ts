import type { SaxesTagNS } from 'saxes';
import { SaxesParser } from 'saxes';
import { undeclaredNamespace } from './xml-namespaces.ts';

/** Receives the events of saxes. */
export interface SaxesListener {
  onTagStart(): void;
  onAttribute(): void;
  onOpenTag(tag: SaxesTagNS): void;
  onCloseTag(): void;
  onText(data: string, isCdata: boolean): void;
  /** A comment, a processing instruction or a DOCTYPE. */
  onNonContent(): void;
  onError(message: string): void;
  /** An `&` that does not start an entity. */
  onBareAmpersand(): void;
  /** Returns the replacement of an entity, or undefined to let saxes resolve it. */
  resolveEntity(entity: string): string | undefined;
}

/**
 * saxes 6.0.0 at run time. Its types declare the last two members private, but only they allow a forbidden character
 * reference to be replaced instead of rejected.
 */
interface SaxesInternals {
  readonly line: number;
  readonly column: number;
  readonly position: number;
  readonly ENTITIES: Readonly<Record<string, string>>;
  write(text: string): unknown;
  close(): unknown;
  /** The part of an entity that has been read so far, before its semicolon. */
  entity: string;
  parseEntity(entity: string): string;
  /** Reads the rest of an entity, up to its semicolon. Called with at least one character left in the chunk. */
  sEntity(): void;
  readonly chunk: string;
  /** The index in the chunk of the next character. */
  readonly i: number;
  /** The state in which saxes continues after an entity. */
  readonly entityReturnState: number;
  state: number;
  text: string;
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types of saxes declare these members private
const SaxesParserInternals = SaxesParser as unknown as new (options: object) => SaxesInternals;

const ENTITY_NAME = /[\w#.:-]+/y;

/**
 * saxes with its handlers as methods. Handlers attached by `on()` become properties of the parser object: from the
 * seventh on, V8 switches the object to dictionary mode, and reading 367 MB took 12.0 s instead of 3.6 s.
 */
export class SaxesAdapter extends SaxesParserInternals {
  // saxes calls these three without `this`.
  readonly textHandler: (data: string) => void;
  readonly closeTagHandler: () => void;
  readonly errorHandler: (error: Error) => void;
  private readonly listener: SaxesListener;

  constructor(listener: SaxesListener) {
    super({
      xmlns: true,
      position: false,
      forceXMLVersion: true,
      defaultXMLVersion: '1.0',
      resolvePrefix: undeclaredNamespace,
    });
    this.textHandler = (data) => listener.onText(data, false);
    this.closeTagHandler = () => listener.onCloseTag();
    this.errorHandler = ({ message }) => listener.onError(message);
    this.listener = listener;
  }

  openTagStartHandler(): void {
    this.listener.onTagStart();
  }

  attributeHandler(): void {
    this.listener.onAttribute();
  }

  openTagHandler(tag: SaxesTagNS): void {
    this.listener.onOpenTag(tag);
  }

  cdataHandler(data: string): void {
    this.listener.onText(data, true);
  }

  commentHandler(): void {
    this.listener.onNonContent();
  }

  piHandler(): void {
    this.listener.onNonContent();
  }

  doctypeHandler(): void {
    this.listener.onNonContent();
  }

  /** saxes reads everything up to the next semicolon as an entity. Characters that no name has show a bare ampersand. */
  override sEntity(): void {
    ENTITY_NAME.lastIndex = this.i;
    ENTITY_NAME.test(this.chunk);
    const end = Math.max(ENTITY_NAME.lastIndex, this.i);
    const isEmpty = this.entity === '' && end === this.i;
    if (end === this.chunk.length || (this.chunk[end] === ';' && !isEmpty)) return super.sEntity();
    this.listener.onBareAmpersand();
    this.text += `&${this.entity}`;
    this.entity = '';
    this.state = this.entityReturnState;
  }

  override parseEntity(entity: string): string {
    return this.listener.resolveEntity(entity) ?? super.parseEntity(entity);
  }
}
