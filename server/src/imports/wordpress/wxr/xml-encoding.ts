import { WxrError } from './wxr-error.ts';

/**
 * Replaces bytes that are invalid in the file's encoding. Not U+FFFD, because a file can contain a real one. U+FFFF is a
 * noncharacter that XML forbids, so the parser has to replace it in any case.
 */
export const UNDECODABLE = '\uffff';

const HEAD_BYTES = 1024;
/** Small enough that one slice completes few records; larger slices were not faster. */
const SLICE_BYTES = 64 * 1024;

/**
 * Decodes an XML file into slices of at most 64 Ki characters, without splitting a character. The encoding is taken from
 * the byte order mark, else from the XML declaration (any that TextDecoder supports), else it is UTF-8.
 *
 * @throws WxrError if the file is not XML: empty, compressed, JSON or an HTML page
 */
export async function* decodeXml(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const text of decodeSlices(chunks)) {
    // XML allows one byte order mark, but concatenated PHP files can leave several, with blank lines between them.
    yield isFirst ? text.replace(/^[\s\ufeff]+/, (blank) => blank.replaceAll('\ufeff', '')) : text;
    isFirst = false;
  }
}

async function* decodeSlices(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let head: Uint8Array = new Uint8Array(0);
  let decode: SliceDecoder | null = null;
  for await (const chunk of chunks) {
    let bytes: Uint8Array = chunk;
    if (decode === null) {
      head = bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      if (head.length < HEAD_BYTES) continue;
      decode = createDecoder(head);
    }
    for (let from = 0; from < bytes.length; from += SLICE_BYTES)
      yield decode(bytes.subarray(from, from + SLICE_BYTES), false);
  }
  yield decode === null ? createDecoder(head)(head, true) : decode(new Uint8Array(0), true);
}

type SliceDecoder = (bytes: Uint8Array, isLast: boolean) => string;

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
  if (decoder.encoding === 'utf-8') return utf8Decoder(decoder);
  // A real U+FFFD cannot be distinguished from a replacement here. Single-byte encodings have none, in UTF-16 it is rare.
  return (bytes, isLast) => decoder.decode(bytes, { stream: !isLast }).replaceAll('\ufffd', UNDECODABLE);
}

/**
 * Returns a decoder that keeps real U+FFFD characters and returns the same number of UNDECODABLE characters however the
 * bytes are split into chunks. The stream mode of TextDecoder does neither.
 */
function utf8Decoder(decoder: TextDecoder): SliceDecoder {
  let tail: Uint8Array = new Uint8Array(0);
  return (chunk, isLast) => {
    const bytes = tail.length === 0 ? asBuffer(chunk) : Buffer.concat([tail, chunk]);
    const end = isLast ? bytes.length : bytes.length - incompleteTail(bytes);
    tail = Uint8Array.from(bytes.subarray(end));
    const complete = bytes.subarray(0, end);
    const text = decoder.decode(complete);
    return text.includes('\ufffd') ? decodeInvalid(complete, decoder) : text;
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Returns how many bytes at the end are the start of a character that the next chunk can complete: 0 to 3. */
function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? back : 0;
  }
  return 0;
}

/** Decodes invalid UTF-8. EF BF BD is a real U+FFFD, and EF never continues a character, so any other U+FFFD is a replacement. */
function decodeInvalid(bytes: Buffer, decoder: TextDecoder): string {
  let text = '';
  let from = 0;
  for (;;) {
    const real = bytes.indexOf('\ufffd', from, 'utf8');
    const piece = bytes.subarray(from, real < 0 ? bytes.length : real);
    text += decoder.decode(piece).replaceAll('\ufffd', UNDECODABLE);
    if (real < 0) return text;
    text += '\ufffd';
    from = real + 3;
  }
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
  return declared === undefined || /^(utf-?16|ucs-?2|iso-10646-ucs-2)/i.test(declared) ? 'utf-8' : declared;
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
    throw new WxrError('The file is JSON, not a WordPress export (which is XML).');
  } else if (!start.startsWith('<')) {
    throw new WxrError('The file is not XML, so it is not a WordPress export.');
  } else if (HTML.test(start)) {
    throw new WxrError('The file is an HTML page, not a WordPress export.');
  }
}
