import type { SaxesTagNS } from 'saxes';
import { SaxesParser } from 'saxes';
import { customaryUri } from './xml-namespaces.ts';

/** Hears what saxes finds. */
export interface SaxesListener {
  tagBegins(): void;
  attribute(): void;
  open(tag: SaxesTagNS): void;
  close(): void;
  text(data: string, isCdata: boolean): void;
  /** A comment, a processing instruction or a DOCTYPE. */
  aside(): void;
  error(message: string): void;
  /** What an entity stands for; undefined leaves it to saxes. */
  reference(entity: string): string | undefined;
}

/** Of saxes 6.0.0 as it runs: its types hide the two last, and it has no other way to read a forbidden reference. */
interface SaxesInside {
  readonly line: number;
  readonly column: number;
  readonly position: number;
  readonly ENTITIES: Readonly<Record<string, string>>;
  write(text: string): unknown;
  close(): unknown;
  /** What was read of an entity whose semicolon has not come. */
  readonly entity: string;
  parseEntity(entity: string): string;
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its types call these private
const Inside = SaxesParser as unknown as new (options: object) => SaxesInside;

/**
 * saxes with its handlers as methods. Attached by `on()` they become properties of the parser, of which V8 allows a few
 * only: from the seventh on it keeps the parser in a dictionary, and 367 MB took 12.0 s to read instead of 3.6 s.
 */
export class Saxes extends Inside {
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
      resolvePrefix: customaryUri,
    });
    this.textHandler = (data) => listener.text(data, false);
    this.closeTagHandler = () => listener.close();
    this.errorHandler = ({ message }) => listener.error(message);
    this.listener = listener;
  }

  openTagStartHandler(): void {
    this.listener.tagBegins();
  }

  attributeHandler(): void {
    this.listener.attribute();
  }

  openTagHandler(tag: SaxesTagNS): void {
    this.listener.open(tag);
  }

  cdataHandler(data: string): void {
    this.listener.text(data, true);
  }

  commentHandler(): void {
    this.listener.aside();
  }

  piHandler(): void {
    this.listener.aside();
  }

  doctypeHandler(): void {
    this.listener.aside();
  }

  override parseEntity(entity: string): string {
    return this.listener.reference(entity) ?? super.parseEntity(entity);
  }
}
