import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { coalesce } from '../../src/http/coalesce.ts';

/** Reads that end when the test says so, in the order in which they began. */
function startReads() {
  const begun: PromiseWithResolvers<string>[] = [];
  const ask = coalesce(() => {
    const read = Promise.withResolvers<string>();
    begun.push(read);
    return read.promise;
  });
  return { begun, ask };
}

describe('Those who ask', () => {
  test('at once share one read', async () => {
    const { begun, ask } = startReads();
    const answers = [ask(), ask(), ask()];
    await turn();
    expect(begun).toHaveLength(1);
    begun[0]?.resolve('first');
    expect(await Promise.all(answers)).toEqual(['first', 'first', 'first']);
  });

  test('while one is under way never get that one, but share the next, which begins when it has ended', async () => {
    const { begun, ask } = startReads();
    const first = ask();
    await turn();
    const late = [ask(), ask()];
    await turn();
    expect(begun).toHaveLength(1);
    begun[0]?.resolve('first');
    expect(await first).toBe('first');
    await turn();
    expect(begun).toHaveLength(2);
    begun[1]?.resolve('second');
    expect(await Promise.all(late)).toEqual(['second', 'second']);
  });

  test('when all have ended get a read of their own', async () => {
    const { begun, ask } = startReads();
    for (const nth of [0, 1, 2]) {
      const answer = ask();
      await turn();
      begun[nth]?.resolve(`read ${nth}`);
      expect(await answer).toBe(`read ${nth}`);
    }
  });
});

describe('A read that fails', () => {
  test('fails for all who share it, and for nobody after them', async () => {
    const { begun, ask } = startReads();
    const failed = [ask(), ask()];
    await turn();
    const late = ask();
    begun[0]?.reject(new Error('away'));
    for (const answer of failed) await expect(answer).rejects.toThrow('away');
    await turn();
    begun[1]?.resolve('second');
    expect(await late).toBe('second');
  });

  test('at its first step is one that fails, too', async () => {
    let reads = 0;
    const ask = coalesce(() => {
      reads += 1;
      if (reads === 1) throw new Error('away');
      return Promise.resolve(reads);
    });
    await expect(ask()).rejects.toThrow('away');
    expect(await ask()).toBe(2);
  });
});
