/** Repeats the random choices of a run; without it they are others each time. */
export const SEED = Number(process.env['RUBRIC_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** Numbers from 0 to below a bound, the same for the same seed. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed & 0x7f_ff_ff_ff;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    return (state >> 8) % below;
  };
}
