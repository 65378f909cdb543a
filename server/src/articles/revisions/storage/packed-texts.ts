import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** With a checksum: a wrong dictionary would otherwise give wrong bytes without an error. The level is the default. */
const PARAMS = { [constants.ZSTD_c_checksumFlag]: 1 };

/** Compresses a text off the main thread. With a similar text as the dictionary, little more than the difference remains. */
export const packText = (text: string, dictionary?: string): Promise<Buffer> =>
  compress(
    text,
    dictionary === undefined ? { params: PARAMS } : { params: PARAMS, dictionary: Buffer.from(dictionary) },
  );

/** @param dictionary the packed text that it was compressed with, which itself has none */
export async function unpackText(packed: Buffer, dictionary?: Buffer): Promise<string> {
  const options = dictionary === undefined ? {} : { dictionary: await decompress(dictionary) };
  return (await decompress(packed, options)).toString('utf8');
}
