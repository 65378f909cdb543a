import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { coalesce } from '../../src/scheduling/coalesce.ts';

/** Records the started reads; the test resolves them. */
function recordReads() {
  const started: PromiseWithResolvers<string>[] = [];
  const read = coalesce(() => {
    const resolvers = Promise.withResolvers<string>();
    started.push(resolvers);
    return resolvers.promise;
  });
  return { started, read };
}

describe('Callers', () => {
  test('that call at the same time share one read', async () => {
    const { started, read } = recordReads();
    const responses = [read(), read(), read()];
    await turn();
    expect(started).toHaveLength(1);
    started[0]?.resolve('first');
    expect(await Promise.all(responses)).toEqual(['first', 'first', 'first']);
  });

  test('that call during a read share the next one, which starts when the current one ends', async () => {
    const { started, read } = recordReads();
    const first = read();
    await turn();
    const late = [read(), read()];
    await turn();
    expect(started).toHaveLength(1);
    started[0]?.resolve('first');
    expect(await first).toBe('first');
    await turn();
    expect(started).toHaveLength(2);
    started[1]?.resolve('second');
    expect(await Promise.all(late)).toEqual(['second', 'second']);
  });

  test('that call when no read is running get a new one', async () => {
    const { started, read } = recordReads();
    for (const nth of [0, 1, 2]) {
      const response = read();
      await turn();
      started[nth]?.resolve(`read ${nth}`);
      expect(await response).toBe(`read ${nth}`);
    }
  });
});

describe('A failed read', () => {
  test('rejects for all callers that share it, but not for later ones', async () => {
    const { started, read } = recordReads();
    const failed = [read(), read()];
    await turn();
    const late = read();
    started[0]?.reject(new Error('away'));
    for (const response of failed) await expect(response).rejects.toThrow('away');
    await turn();
    started[1]?.resolve('second');
    expect(await late).toBe('second');
  });

  test('can throw synchronously', async () => {
    let reads = 0;
    const read = coalesce(() => {
      reads += 1;
      if (reads === 1) throw new Error('away');
      return Promise.resolve(reads);
    });
    await expect(read()).rejects.toThrow('away');
    expect(await read()).toBe(2);
  });
});
