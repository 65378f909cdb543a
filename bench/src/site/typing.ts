import type { Page } from 'playwright-core';
import { type Measured, medianOfRounds, quantile } from './measured.ts';
import { EDITOR } from './screens.ts';
import { type Place, visit } from './visitor.ts';

const KEYS = 200;
/** The pause of a fast writer. The site saves one second after the last key, and in between if typing does not pause. */
const PAUSE_MS = 60;
const TYPED = 'the tide comes in ';

export interface Typed {
  article: number;
  size: string;
  limit: number;
}

/** Types into the middle of a text. */
export async function measureTyping(place: Place, { article, size, limit }: Typed): Promise<Measured> {
  const cpu: number[] = [];
  const value = await medianOfRounds(() =>
    visit(place, async ({ page, open }) => {
      await open(`/articles/${article}`, EDITOR);
      const paragraphs = page.locator('[contenteditable="true"] > p');
      await paragraphs.nth((await paragraphs.count()) >> 1).click();
      await page.keyboard.press('End');
      await page.evaluate(() => window.stopwatch.timeKeys());
      const spent = await cpuOfPage(page);
      for (let key = 0; key < KEYS; key += 1) {
        await page.keyboard.press(TYPED[key % TYPED.length] ?? ' ');
        await page.waitForTimeout(PAUSE_MS);
      }
      cpu.push((await spent()) / KEYS);
      return quantile(await page.evaluate(() => window.stopwatch.keys), 0.95);
    }),
  );
  const note = `${quantile(cpu, 0.5).toFixed(1)} ms of CPU on average`;
  return { what: `A key in a text of ${size}, at p95`, unit: 'ms', limit, value, note };
}

/** @returns a function that returns the milliseconds of CPU of the page's main thread since */
async function cpuOfPage(page: Page): Promise<() => Promise<number>> {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => {
    const { metrics } = await debug.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  };
  const before = await read();
  return async () => (await read()) - before;
}
