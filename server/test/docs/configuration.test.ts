import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SETTINGS } from '../../src/config.ts';
import { tableRowsOf } from './pages.ts';

describe('The table of docs/configuration.md', () => {
  const documented = tableRowsOf('docs/configuration.md').flatMap(([name, value = '', meaning = '']) => {
    const setting = /^`(.+)`$/.exec(name ?? '')?.[1];
    return setting === undefined ? [] : [{ setting, value: /^`(.*)`$/.exec(value)?.[1], meaning }];
  });

  test('names exactly the settings that the server reads', () => {
    expect(documented.map(({ setting }) => setting)).toEqual(Object.keys(SETTINGS));
  });

  test('gives their defaults', () => {
    const defaults = z.object(SETTINGS).parse({});
    for (const { setting, value } of documented) {
      const actual = defaults[setting as keyof typeof SETTINGS];
      expect(value, setting).toBe(actual === undefined ? undefined : String(actual));
    }
  });

  test('gives their meaning in sentences', () => {
    for (const { setting, meaning } of documented) expect(meaning, setting).toMatch(/^.{10,}\.$/);
  });
});
