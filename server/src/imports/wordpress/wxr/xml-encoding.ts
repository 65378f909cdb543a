import { WxrError } from './wxr-error.ts';

/**
 * Stands for bytes that are no text in the file's encoding. U+FFFD itself will not do, because a file may well contain
 * it; U+FFFF is no character, XML forbids it, and whoever reads the text has to clean it away in any case.
 */
export const UNDECODABLE = '\uffff';

const HEAD = 1024;
/** Small enough that the records finished in one slice are few, large enough to be as fast as any. */
const SLICE = 64 * 1024;

/**
 * The bytes of an XML file as slices of text of at most 64 Ki characters, in which no character is cut in two.
 * The encoding is that of the byte order mark, else the one the XML declaration names (whatever TextDecoder knows),
 * else UTF-8. Throws WxrError for what is no XML at all: nothing, a compressed file, JSON, an HTML page.
 */
export async function* decodeXml(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let isStart = true;
  for await (const text of decodeSlices(chunks)) {
    // One byte order mark is XML's, but PHP files glued together may leave several, and blank lines between them.
    yield isStart ? text.replace(/^[\s\ufeff]+/, (blank) => blank.replaceAll('\ufeff', '')) : text;
    isStart = false;
  }
}

async function* decodeSlices(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let head: Uint8Array = new Uint8Array(0);
  let decode: Decode | null = null;
  for await (const chunk of chunks) {
    let bytes: Uint8Array = chunk;
    if (decode === null) {
      head = bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      if (head.length < HEAD) continue;
      decode = decoderFor(head);
    }
    for (let from = 0; from < bytes.length; from += SLICE) yield decode(bytes.subarray(from, from + SLICE), false);
  }
  yield decode === null ? decoderFor(head)(head, true) : decode(new Uint8Array(0), true);
}

type Decode = (bytes: Uint8Array, isLast: boolean) => string;

function decoderFor(head: Uint8Array): Decode {
  refuseCompressed(head);
  const encoding = encodingOf(head);
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { ignoreBOM: true });
  } catch {
    throw new WxrError(`The encoding “${encoding}” is not supported. Save the file as UTF-8 and try again.`, 1);
  }
  refuseOtherFormats(decoder.decode(head.subarray(0, HEAD)), head.length < HEAD);
  if (decoder.encoding === 'utf-8') return utf8Decoder(decoder);
  // Here a real U+FFFD cannot be told from a replaced one. The single-byte encodings have none, and in UTF-16 it is rare.
  return (bytes, isLast) => decoder.decode(bytes, { stream: !isLast }).replaceAll('\ufffd', UNDECODABLE);
}

/** A decoder that keeps real U+FFFD and counts the same however the bytes are cut, which the built-in stream does not. */
function utf8Decoder(decoder: TextDecoder): Decode {
  let tail: Uint8Array = new Uint8Array(0);
  return (chunk, isLast) => {
    const bytes = tail.length === 0 ? asBuffer(chunk) : Buffer.concat([tail, chunk]);
    const end = isLast ? bytes.length : bytes.length - unfinished(bytes);
    tail = Uint8Array.from(bytes.subarray(end));
    const whole = bytes.subarray(0, end);
    const text = decoder.decode(whole);
    return text.includes('\ufffd') ? marked(whole, decoder) : text;
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** How many bytes at the end may begin a character that the next bytes finish: 0 to 3. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? back : 0;
  }
  return 0;
}

/** A real U+FFFD is EF BF BD, and EF never continues another character: what is replaced between them is not text. */
function marked(bytes: Buffer, decoder: TextDecoder): string {
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

function encodingOf(head: Uint8Array): string {
  const [a, b, c, d] = head;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return 'UTF-32';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0x3c && b === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c) return 'utf-16be';
  const ascii = asBuffer(head.subarray(0, HEAD)).toString('latin1');
  const declared = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']*)["']/.exec(ascii)?.[1]?.trim();
  // One byte per character was enough to read the declaration, so that it cannot be UTF-16, whatever it says.
  return declared === undefined || /^(utf-?16|ucs-?2|iso-10646-ucs-2)/i.test(declared) ? 'utf-8' : declared;
}

const COMPRESSED: ReadonlyArray<[format: string, magic: string]> = [
  ['gzip', '1f8b'],
  ['zip', '504b0304'],
  ['bzip2', '425a68'],
  ['xz', 'fd377a58'],
  ['zstd', '28b52ffd'],
];

function refuseCompressed(head: Uint8Array): void {
  const start = Buffer.from(head.subarray(0, 4)).toString('hex');
  const found = COMPRESSED.find(([, magic]) => start.startsWith(magic));
  if (found) throw new WxrError(`The file is compressed (${found[0]}). Unpack it first, and import the .xml inside.`);
}

const HTML = /^(?:<\?[^>]*>\s*|<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:!doctype\s+html|html[\s>])/i;

function refuseOtherFormats(head: string, isWhole: boolean): void {
  // Control characters before the first tag are no reason to refuse: they are cleaned away later, as anywhere else.
  const start = head.replace(/^[\s\p{Cc}\ufeff]+/u, '');
  if (start === '') {
    if (isWhole) throw new WxrError('The file is empty.');
  } else if (start.startsWith('{') || start.startsWith('[')) {
    throw new WxrError('The file is JSON, not a WordPress export (which is XML).');
  } else if (!start.startsWith('<')) {
    throw new WxrError('The file is not XML, and a WordPress export is.');
  } else if (HTML.test(start)) {
    throw new WxrError('The file is an HTML page, not a WordPress export.');
  }
}
