import { hash } from 'node:crypto';

const PART_BYTES = 8;
/** The digest of a part that was not read. */
const EMPTY_PART = Buffer.alloc(PART_BYTES);

/**
 * Returns a digest of what a file says about an object: eight bytes for each part, enough to tell later which parts a
 * newer file changed. It covers the text of the file, not the row made from it, so the import rules can change without
 * every row counting as changed.
 *
 * @param parts in an order that never changes; undefined for a part that was not read
 */
export function digestParts(parts: Readonly<Record<string, unknown>>): Buffer {
  return Buffer.concat(Object.values(parts).map((value) => (value === undefined ? EMPTY_PART : hashPart(value))));
}

/** Returns the names of the parts that differ. A part that an older Rubric did not write yet counts as changed. */
export function changedParts<Part extends string>(names: readonly Part[], before: Buffer, after: Buffer): Part[] {
  return names.filter((_, index) => !partAt(before, index).equals(partAt(after, index)));
}

/** Returns `after` with one part of `before`, for a part that was not read this time. */
export function withPreviousPart(before: Buffer, after: Buffer, index: number): Buffer {
  const end = (index + 1) * PART_BYTES;
  if (before.length < end) return after;
  return Buffer.concat([after.subarray(0, index * PART_BYTES), partAt(before, index), after.subarray(end)]);
}

/** Appends the version that the import gave the row. A row with another version was edited after the import. */
export function appendVersion(digest: Buffer, version: number): Buffer {
  const suffix = Buffer.alloc(4);
  suffix.writeUInt32BE(version);
  return Buffer.concat([digest, suffix]);
}

/** Splits what {@link appendVersion} returned. */
export function splitVersion(digestAndVersion: Buffer): { digest: Buffer; version: number } {
  if (digestAndVersion.length < 4) return { digest: digestAndVersion, version: 0 };
  return {
    digest: digestAndVersion.subarray(0, -4),
    version: digestAndVersion.readUInt32BE(digestAndVersion.length - 4),
  };
}

function partAt(digest: Buffer, index: number): Buffer {
  return digest.subarray(index * PART_BYTES, (index + 1) * PART_BYTES);
}

function hashPart(value: unknown): Buffer {
  return hash('sha256', JSON.stringify(value), 'buffer').subarray(0, PART_BYTES);
}
