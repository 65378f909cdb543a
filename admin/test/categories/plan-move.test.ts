import { describe, expect, it } from 'vitest';
import { planMove, type Sibling } from '../../src/categories/plan-move.ts';

const inOrder = (siblings: readonly Sibling[]) => siblings.toSorted((a, b) => a.position - b.position || a.id - b.id);

/** The ids in order after each step of a plan; the moved category is absent until its own. */
function steps(siblings: readonly Sibling[], plan: readonly Sibling[]): number[][] {
  const rows = new Map(siblings.map((row) => [row.id, row]));
  return plan.map((row) => {
    rows.set(row.id, row);
    return inOrder([...rows.values()]).map(({ id }) => id);
  });
}

describe('a move among siblings', () => {
  it('lands where it was put, from any positions, and moves nobody past another on the way', () => {
    let seed = 42;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    for (let round = 0; round < 3_000; round += 1) {
      const siblings = inOrder(
        Array.from({ length: random(9) }, (_, at) => ({
          id: 10 + at * 2,
          position: random(4) * (random(3) === 0 ? 10 : 1) - 2,
        })),
      );
      const id = random(40) + 1;
      if (siblings.some((sibling) => sibling.id === id)) continue;
      const index = random(siblings.length + 1);
      const ids = siblings.map((sibling) => sibling.id);
      const plan = planMove(siblings, id, index);
      const after = steps(siblings, plan);
      expect(after.at(-1), JSON.stringify({ siblings, id, index, plan })).toEqual(ids.toSpliced(index, 0, id));
      for (const step of after.slice(0, -1)) expect(step, JSON.stringify({ siblings, id, index, plan })).toEqual(ids);
    }
  });

  it('writes one row where there is room', () => {
    const siblings = [
      { id: 1, position: 0 },
      { id: 2, position: 16 },
      { id: 3, position: 32 },
    ];
    expect(planMove(siblings, 9, 1)).toEqual([{ id: 9, position: 7 }]);
    expect(planMove(siblings, 9, 0)).toHaveLength(1);
    expect(planMove(siblings, 9, 3)).toHaveLength(1);
  });

  it('takes the shorter side along where all positions are the same', () => {
    const siblings = Array.from({ length: 10 }, (_, at) => ({ id: at + 1, position: 0 }));
    expect(planMove(siblings, 99, 2).map(({ id }) => id)).toEqual([1, 2, 99]);
    expect(planMove(siblings, 99, 9).map(({ id }) => id)).toEqual([10, 99]);
  });
});
