import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const THEMES = ['light', 'dark'] as const;

interface Results {
  violations: { id: string; impact: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
}

/** Expects that axe finds nothing serious or critical on a screen, light and dark. Once a screen: it takes a second. */
export async function expectAccessible(page: Page) {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Through the debugger, which the Content-Security-Policy does not bind.
    await page.evaluate(AXE);
    const { violations } = (await page.evaluate(`axe.run(document, { resultTypes: ['violations'] })`)) as Results;
    const grave = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]),
      }));
    expect(grave, `${page.url()} in ${colorScheme}`).toEqual([]);
  }
}

/** Expects that a narrow screen does not scroll sideways (WCAG 1.4.10, as zooming to 400 % does). */
export async function expectReflow(page: Page) {
  await page.setViewportSize({ width: 320, height: 640 });
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess, `${page.url()} scrolls sideways at 320 px`).toBe(0);
  await page.setViewportSize({ width: 1280, height: 800 });
}
