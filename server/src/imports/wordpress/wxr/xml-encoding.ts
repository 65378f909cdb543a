import { asBuffer, type SliceDecoder, UNDECODABLE, utf8Decoder, withoutMarkers } from './utf8-decoder.ts';
import { WxrError } from './wxr-error.ts';

/** The most text before an export that is skipped, and the part of a file in which it is found. */
const HEAD_BYTES = 16 * 1024;
/** Small enough that one slice completes few records; larger slices were not faster. */
const SLICE_BYTES = 64 * 1024;

/**
 * Decodes an XML file into slices of at most 64 Ki characters, without splitting a character. The encoding is taken from
 * the byte order mark, else from the XML declaration (any that TextDecoder supports), else it is UTF-8. Each replacement
 * of invalid bytes follows an {@link UNDECODABLE}. Text before the export becomes blank lines.
 *
 * @param onWarning called for text before the export, which is on line 1
 * @throws WxrError if the file is not XML: empty, compressed, JSON or an HTML page
 */
export async function* decodeXml(
  chunks: AsyncIterable<Uint8Array>,
  onWarning: (code: 'text_before_xml') => void,
): AsyncGenerator<string> {
  let isFirst = true;
  for await (const text of decodeSlices(chunks, onWarning)) {
    // XML allows one byte order mark, but concatenated PHP files can leave several, with blank lines between them.
    yield isFirst ? text.replace(/^[\s\ufeff]+/, (blank) => blank.replaceAll('\ufeff', '')) : text;
    isFirst = false;
  }
}

async function* decodeSlices(
  chunks: AsyncIterable<Uint8Array>,
  onWarning: (code: 'text_before_xml') => void,
): AsyncGenerator<string> {
  const skipText = (file: Uint8Array) => skipTextBeforeXml(file, () => onWarning('text_before_xml'));
  let head: Uint8Array = new Uint8Array(0);
  let decode: SliceDecoder | null = null;
  for await (const chunk of chunks) {
    let bytes: Uint8Array = chunk;
    if (decode === null) {
      head = bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      if (head.length < HEAD_BYTES) continue;
      head = bytes = skipText(head);
      decode = createDecoder(head);
    }
    for (let from = 0; from < bytes.length; from += SLICE_BYTES)
      yield decode(bytes.subarray(from, from + SLICE_BYTES), false);
  }
  if (decode !== null) return yield decode(new Uint8Array(0), true);
  head = skipText(head);
  yield createDecoder(head)(head, true);
}

/** Plugins of WordPress print notices before the export. It starts here: an XML declaration, comments, and `<rss>`. */
const EXPORT_START = /<\?xml\s[^<>]*\?>\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<rss[\s>]/;
/** Some tools omit the XML declaration. */
const UNDECLARED_START = /<rss(?:\s[^<>]*)?>\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<channel[\s>]/;
/** What XML allows before the root element. */
const PROLOG =
  /^(?:\u00ef\u00bb\u00bf|[\s\p{Cc}]|<!--(?:(?!-->)[\s\S])*-->|<\?[^<>]*\?>|<!doctype[^<>[\]]*(?:\[[^[\]]*\]\s*)?>)*<rss[\s>]/iu;

function startOfExport(ascii: string): number {
  const start = ascii.search(EXPORT_START);
  return start >= 0 || PROLOG.test(ascii) ? start : ascii.search(UNDECLARED_START);
}

/** Replaces text before the export with its line breaks, so the lines of the file stay true. */
function skipTextBeforeXml(head: Uint8Array, onText: () => void): Uint8Array {
  const ascii = asBuffer(head.subarray(0, HEAD_BYTES)).toString('latin1');
  const start = startOfExport(ascii);
  const before = ascii.slice(0, Math.max(start, 0));
  if (/^(?:\u00ef\u00bb\u00bf|[\s\p{Cc}])*$/u.test(before)) return head;
  onText();
  return Buffer.concat([Buffer.from(before.replace(/[^\r\n]+/g, '')), head.subarray(start)]);
}

function createDecoder(head: Uint8Array): SliceDecoder {
  rejectCompressed(head);
  const encoding = detectEncoding(head);
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { ignoreBOM: true });
  } catch {
    throw new WxrError(`The encoding “${encoding}” is not supported. Save the file as UTF-8 and try again.`, 1);
  }
  rejectOtherFormats(decoder.decode(head.subarray(0, HEAD_BYTES)), head.length < HEAD_BYTES);
  if (decoder.encoding === 'utf-8') return utf8Decoder();
  // A real U+FFFD cannot be distinguished from a replacement here. Single-byte encodings have none, in UTF-16 it is rare.
  return (bytes, isLast) =>
    withoutMarkers(decoder.decode(bytes, { stream: !isLast })).replaceAll('\ufffd', `${UNDECODABLE}\ufffd`);
}

function detectEncoding(head: Uint8Array): string {
  const [a, b, c, d] = head;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return 'UTF-32';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0x3c && b === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c) return 'utf-16be';
  const ascii = asBuffer(head.subarray(0, HEAD_BYTES)).toString('latin1');
  const declared = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']*)["']/.exec(ascii)?.[1]?.trim();
  // The declaration was readable with one byte per character, so the file cannot be UTF-16, whatever it declares.
  // Of a site without a charset it is empty, and some tools write MySQL's name.
  return !declared || /^(utf-?16|ucs-?2|iso-10646-ucs-2|utf-?8)/i.test(declared) ? 'utf-8' : declared;
}

const COMPRESSED: ReadonlyArray<[format: string, magic: string]> = [
  ['gzip', '1f8b'],
  ['zip', '504b0304'],
  ['bzip2', '425a68'],
  ['xz', 'fd377a58'],
  ['zstd', '28b52ffd'],
];

function rejectCompressed(head: Uint8Array): void {
  const start = Buffer.from(head.subarray(0, 4)).toString('hex');
  const match = COMPRESSED.find(([, magic]) => start.startsWith(magic));
  if (match) throw new WxrError(`The file is compressed (${match[0]}). Decompress it and import the .xml file inside.`);
}

const HTML = /^(?:<\?[^>]*>\s*|<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:!doctype\s+html|html[\s>])/i;

function rejectOtherFormats(head: string, isWhole: boolean): void {
  // Control characters before the first tag are ignored here: the parser removes them, as everywhere else.
  const start = head.replace(/^[\s\p{Cc}\ufeff]+/u, '');
  if (start === '') {
    if (isWhole) throw new WxrError('The file is empty.');
  } else if (start.startsWith('{') || start.startsWith('[')) {
    const isGhost = /"exported_on"\s*:/.test(start);
    if (isGhost) throw new WxrError('The file is a Ghost export (JSON). Rubric imports only WordPress exports (XML).');
    throw new WxrError('The file is JSON, not a WordPress export (which is XML).');
  } else if (!start.startsWith('<')) {
    throw new WxrError('The file is not XML, so it is not a WordPress export.');
  } else if (HTML.test(start)) {
    throw new WxrError('The file is an HTML page, not a WordPress export.');
  }
}
