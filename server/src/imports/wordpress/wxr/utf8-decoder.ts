/**
 * Precedes the replacement of bytes that are invalid in the file's encoding. U+FFFF is a noncharacter that XML forbids, so
 * the parser removes it in any case.
 */
export const UNDECODABLE = '\uffff';

export type SliceDecoder = (bytes: Uint8Array, isLast: boolean) => string;

/** Replaces a real U+FFFF with the other noncharacter that the parser removes. */
export function withoutMarkers(text: string): string {
  return text.includes(UNDECODABLE) ? text.replaceAll(UNDECODABLE, '\ufffe') : text;
}

/**
 * Returns a decoder of UTF-8 that reads invalid bytes as Windows-1252: files that are declared as UTF-8 and are not, and
 * texts that a site stored before it changed its encoding. The result is the same however the bytes are split into chunks,
 * unlike that of the stream mode of TextDecoder.
 */
export function utf8Decoder(): SliceDecoder {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let tail: Uint8Array = new Uint8Array(0);
  return (chunk, isLast) => {
    const bytes = tail.length === 0 ? asBuffer(chunk) : Buffer.concat([tail, chunk]);
    const end = isLast ? bytes.length : bytes.length - incompleteTail(bytes);
    tail = Uint8Array.from(bytes.subarray(end));
    const complete = bytes.subarray(0, end);
    const text = decoder.decode(complete);
    return text.includes('\ufffd') ? decodeInvalid(complete, decoder) : withoutMarkers(text);
  };
}

export function asBuffer(bytes: Uint8Array): Buffer {
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

/** Decodes a slice with invalid bytes. A real U+FFFD is valid. */
function decodeInvalid(bytes: Buffer, decoder: TextDecoder): string {
  let text = '';
  let validFrom = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = validLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += withoutMarkers(decoder.decode(bytes.subarray(validFrom, at)));
    text += UNDECODABLE + decodeWindows1252(bytes[at] ?? 0);
    at += 1;
    validFrom = at;
  }
  return text + withoutMarkers(decoder.decode(bytes.subarray(validFrom)));
}

/** Returns the number of bytes of the character that starts at an index, 0 if the bytes there are not UTF-8. */
function validLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index] ?? 0;
    if (byte < 0x80 || byte > 0xbf) return 0;
  }
  const second = bytes[at + 1] ?? 0;
  // Overlong encodings, surrogates, and numbers above U+10FFFF.
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90)) return 0;
  return (lead === 0xed && second > 0x9f) || (lead === 0xf4 && second > 0x8f) ? 0 : length;
}

const windows1252 = new TextDecoder('windows-1252');
/** The bytes without a character in Windows-1252. TextDecoder returns control characters for them. */
const UNDEFINED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

export function decodeWindows1252(byte: number): string {
  return UNDEFINED.has(byte) ? '\ufffd' : windows1252.decode(Uint8Array.of(byte));
}
