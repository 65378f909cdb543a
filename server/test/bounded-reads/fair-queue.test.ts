import { describe, expect, test } from 'vitest';
import { FairQueue, QueueFull } from '../../src/bounded-reads/fair-queue.ts';

/** A client with connections of its own; `name` is what `started` shows. */
function connectionOf(address: string) {
  const controller = new AbortController();
  return { requester: { address, signal: controller.signal }, hangUp: () => controller.abort() };
}

/** Runs works that end when they are told to, and records which started. */
function queueOf(concurrency: number, capacity: number) {
  const queue = new FairQueue(concurrency, capacity);
  const started: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const outcomes = new Map<string, Promise<string>>();
  const start = (name: string, { requester } = connectionOf(name), share?: number) => {
    const end = Promise.withResolvers<void>();
    ends.set(name, end);
    const done = queue.run(requester, () => (started.push(name), end.promise), share);
    outcomes.set(
      name,
      done.then(
        () => 'done',
        (error: unknown) => (error instanceof QueueFull ? 'full' : String(error)),
      ),
    );
  };
  const finish = async (name: string) => {
    // One that never starts would never end.
    expect(started).toContain(name);
    ends.get(name)?.resolve();
    await outcomes.get(name);
  };
  return {
    start,
    finish,
    started,
    outcome: (name: string) => outcomes.get(name),
    fail: (name: string) => ends.get(name)?.reject(new Error('failed')),
  };
}

describe('A fair queue', () => {
  test('starts as many as it may, and the next when one ends or fails', async () => {
    const queue = queueOf(2, 16);
    for (const name of ['a', 'b', 'c', 'd']) queue.start(name);
    expect(queue.started).toEqual(['a', 'b']);
    await queue.finish('a');
    expect(queue.started).toEqual(['a', 'b', 'c']);
    queue.fail('b');
    expect(await queue.outcome('b')).toBe('Error: failed');
    expect(queue.started).toEqual(['a', 'b', 'c', 'd']);
  });

  test('gives turns to addresses, and within an address to connections', async () => {
    const queue = queueOf(1, 16);
    const flood = connectionOf('1.1.1.1');
    const sibling = connectionOf('1.1.1.1');
    queue.start('first', flood);
    for (const name of ['flood 1', 'flood 2', 'flood 3']) queue.start(name, flood);
    queue.start('sibling 1', sibling);
    queue.start('other 1', connectionOf('2.2.2.2'));
    for (const name of ['first', 'flood 1', 'other 1', 'sibling 1', 'flood 2']) await queue.finish(name);
    expect(queue.started).toEqual(['first', 'flood 1', 'other 1', 'sibling 1', 'flood 2', 'flood 3']);
  });

  test('starts as many small ones as fit, and lets none of them overtake a large one', async () => {
    const queue = queueOf(1, 16);
    const startSmall = (name: string) => queue.start(name, connectionOf(name), 0.5);
    startSmall('small 1');
    startSmall('small 2');
    queue.start('large');
    startSmall('small 3');
    expect(queue.started).toEqual(['small 1', 'small 2']);
    await queue.finish('small 1');
    startSmall('small 4');
    expect(queue.started).toEqual(['small 1', 'small 2']);
    await queue.finish('small 2');
    expect(queue.started).toEqual(['small 1', 'small 2', 'large']);
    await queue.finish('large');
    expect(queue.started).toEqual(['small 1', 'small 2', 'large', 'small 3', 'small 4']);
  });

  test('refuses more than it holds', async () => {
    const queue = queueOf(1, 2);
    for (const name of ['a', 'b', 'c', 'd']) queue.start(name);
    expect(await queue.outcome('d')).toBe('full');
    for (const name of ['a', 'b', 'c']) await queue.finish(name);
    expect(queue.started).toEqual(['a', 'b', 'c']);
  });

  test('drops the latest of the address with the most for an address with fewer', async () => {
    const queue = queueOf(1, 3);
    const flood = Array.from({ length: 4 }, () => connectionOf('1.1.1.1'));
    for (const [n, connection] of flood.entries()) queue.start(`flood ${n}`, connection);
    queue.start('other', connectionOf('2.2.2.2'));
    expect(await queue.outcome('flood 3')).toBe('full');
    queue.start('third', connectionOf('3.3.3.3'));
    // Two of the flood are dropped by now, and it has as many as anybody.
    expect(await queue.outcome('flood 2')).toBe('full');
    queue.start('fourth', connectionOf('4.4.4.4'));
    expect(await queue.outcome('fourth')).toBe('full');
    for (const name of ['flood 0', 'flood 1', 'other']) await queue.finish(name);
    expect(queue.started).toEqual(['flood 0', 'flood 1', 'other', 'third']);
  });

  test('drops the latest of the connection with the most where all have one address', async () => {
    const queue = queueOf(1, 3);
    const flood = connectionOf('1.1.1.1');
    for (const n of [0, 1, 2, 3]) queue.start(`flood ${n}`, flood);
    queue.start('other', connectionOf('1.1.1.1'));
    expect(await queue.outcome('flood 3')).toBe('full');
    await queue.finish('flood 0');
    await queue.finish('flood 1');
    expect(queue.started).toEqual(['flood 0', 'flood 1', 'other']);
  });

  test('skips who hung up', async () => {
    const queue = queueOf(1, 2);
    const impatient = connectionOf('1.1.1.1');
    queue.start('a');
    queue.start('impatient', impatient);
    queue.start('c');
    impatient.hangUp();
    await queue.finish('a');
    expect(await queue.outcome('impatient')).toBe('full');
    expect(queue.started).toEqual(['a', 'c']);
  });

  test('has room again when somebody hangs up', async () => {
    const queue = queueOf(1, 2);
    const impatient = connectionOf('1.1.1.1');
    queue.start('a');
    queue.start('impatient', impatient);
    queue.start('c');
    impatient.hangUp();
    queue.start('d');
    expect(await queue.outcome('impatient')).toBe('full');
    await queue.finish('a');
    await queue.finish('c');
    expect(queue.started).toEqual(['a', 'c', 'd']);
  });
});
