import { hash } from 'node:crypto';

const SLOT = 8;
/** What stands for a part that was left out. */
const NONE = Buffer.alloc(SLOT);

/**
 * What a file said of a thing, part by part, in eight bytes each: enough to see later which parts another file says
 * differently. It is of the file's words and not of the rows made of them, so that the rules by which Rubric reads a
 * file may change without every row counting as changed.
 *
 * @param parts in an order that never changes; undefined for what was not looked at
 */
export function digestOf(parts: Readonly<Record<string, unknown>>): Buffer {
  return Buffer.concat(Object.values(parts).map((value) => (value === undefined ? NONE : slotOf(value))));
}

/** The names of the parts that differ. A digest of another length is of another age: then all count as different. */
export function changedParts<Part extends string>(names: readonly Part[], before: Buffer, after: Buffer): Part[] {
  if (before.length !== after.length) return [...names];
  return names.filter((_, place) => !sliceOf(before, place).equals(sliceOf(after, place)));
}

/** `after` with one part as it was before, for what was not looked at this time. */
export function withPartOf(before: Buffer, after: Buffer, place: number): Buffer {
  if (before.length !== after.length) return after;
  return Buffer.concat([after.subarray(0, place * SLOT), sliceOf(before, place), after.subarray((place + 1) * SLOT)]);
}

/** A digest and the version that the row had when it was written: another version tells that it was changed since. */
export function withVersion(digest: Buffer, version: number): Buffer {
  const end = Buffer.alloc(4);
  end.writeUInt32BE(version);
  return Buffer.concat([digest, end]);
}

/** The two of them apart. */
export function splitVersion(digest: Buffer): { said: Buffer; version: number } {
  if (digest.length < 4) return { said: digest, version: 0 };
  return { said: digest.subarray(0, -4), version: digest.readUInt32BE(digest.length - 4) };
}

function sliceOf(digest: Buffer, place: number): Buffer {
  return digest.subarray(place * SLOT, (place + 1) * SLOT);
}

function slotOf(value: unknown): Buffer {
  return hash('sha256', JSON.stringify(value), 'buffer').subarray(0, SLOT);
}
