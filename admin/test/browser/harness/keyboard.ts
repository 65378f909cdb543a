import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Presses a `Tab` for each element of a long page, and gives up. */
const LIMIT = 200;

/** Drives a page by nothing but keys, as somebody without a mouse does. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  press = (key: string) => this.page.keyboard.press(key);
  type = (text: string) => this.page.keyboard.type(text);

  /** Moves the focus on by `Tab` until it is on this element. The locator says which; it is not used to focus. */
  async tabTo(role: Parameters<Page['getByRole']>[0], name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab') {
    const target = this.page.getByRole(role, { name, exact: typeof name === 'string' });
    await target.first().waitFor();
    for (let presses = 0; presses < LIMIT; presses++) {
      const isThere = await target.evaluateAll((elements) => elements.includes(document.activeElement as never));
      if (isThere) return;
      await this.press(key);
    }
    throw new Error(`${LIMIT} times ${key} did not reach the ${role} ${name}`);
  }

  /** Goes to a field and replaces what is in it. */
  async fill(label: string, text: string) {
    const target = this.page.getByLabel(label, { exact: true });
    await target.first().waitFor();
    for (let presses = 0; presses < LIMIT; presses++) {
      if (await target.evaluateAll((elements) => elements.includes(document.activeElement as never))) {
        await this.press('ControlOrMeta+A');
        return this.type(text);
      }
      await this.press('Tab');
    }
    throw new Error(`${LIMIT} times Tab did not reach ${label}`);
  }

  /** Chooses an item of the open menu by `ArrowDown`. A key that is pressed before the menu has the focus is lost. */
  async choose(item: string) {
    await this.page.locator('[role="menu"]:focus, [role="menu"] :focus').first().waitFor();
    const target = this.page.getByRole('menuitem', { name: item, exact: true });
    const focused = () => this.page.evaluate(() => document.activeElement?.textContent);
    for (let presses = 0; presses < LIMIT; presses++) {
      if (await target.evaluateAll((elements) => elements.includes(document.activeElement as never)))
        return this.press('Enter');
      const before = await focused();
      await this.press('ArrowDown');
      await expect.poll(focused, { timeout: 60_000 }).not.toBe(before);
    }
    throw new Error(`${LIMIT} times ArrowDown did not reach ${item}`);
  }

  /** Goes to a button or a link, and presses it. */
  async activate(role: 'button' | 'link' | 'tab', name: string | RegExp) {
    await this.tabTo(role, name);
    await this.press('Enter');
  }
}
