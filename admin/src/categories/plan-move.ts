/** A category among its siblings, which are in order of position, then id. */
export interface Sibling {
  id: number;
  position: number;
}

/** Left between two positions when siblings have to make room, so that the next move there writes one row. */
const GAP = 16;

/**
 * Finds the positions to write so that a category stands before `siblings[index]`, and all others where they are. Mostly
 * that is its own alone. Categories that nobody put in order all have the same position: a place between two of those
 * takes the shorter side along.
 *
 * @param siblings in order, without the category itself
 * @returns what to write, one after the other: no step passes another sibling, and the category itself comes last
 */
export function planMove(siblings: readonly Sibling[], id: number, index: number): Sibling[] {
  const before = siblings.slice(0, index);
  const after = siblings.slice(index);
  const position = positionBetween(before.at(-1), after[0], id);
  if (position !== undefined) return [{ id, position }];
  const down = makeRoom(before.at(-1), after, id);
  const up = makeRoom(
    mirrored(after[0]),
    before.toReversed().map((each) => mirrored(each)),
    -id,
  ).map((each) => mirrored(each));
  return down.length <= up.length ? down : up;
}

/** A position that puts `id` between two siblings, by its id where positions are equal; undefined where there is none. */
function positionBetween(before: Sibling | undefined, after: Sibling | undefined, id: number): number | undefined {
  const lowest = before && before.position + (before.id < id ? 0 : 1);
  const highest = after && after.position - (after.id > id ? 0 : 1);
  if (lowest === undefined) return highest ?? 0;
  if (highest === undefined) return lowest;
  return lowest > highest ? undefined : Math.floor((lowest + highest) / 2);
}

/** Puts `id` behind a sibling, and pushes those that follow on until the rest is behind them. */
function makeRoom(before: Sibling | undefined, after: readonly Sibling[], id: number): Sibling[] {
  const steps = [{ id, position: (before?.position ?? 0) + GAP }];
  for (const sibling of after) {
    const last = steps[0];
    if (!last || sibling.position > last.position || (sibling.position === last.position && sibling.id > last.id))
      break;
    steps.unshift({ id: sibling.id, position: last.position + GAP });
  }
  return steps;
}

/** The same order from the other end. */
function mirrored(sibling: Sibling): Sibling;
function mirrored(sibling: Sibling | undefined): Sibling | undefined;
function mirrored(sibling: Sibling | undefined) {
  return sibling && { id: -sibling.id, position: -sibling.position };
}
