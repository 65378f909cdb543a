import type { Cookie, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { randomOf, SEED } from '../writing/random.ts';
import { PASSWORD, useSite } from './harness/site.ts';

const site = useSite();
const ACTIONS = 15;
const LIMIT_MS = 60_000;
const STEP_MS = 10_000;

/** A writer who has bad luck: with one article, in one browser. */
class Writer {
  readonly words: string[] = [];
  readonly log: string[] = [];
  private isOffline = false;
  private cookies: Cookie[] = [];

  constructor(
    private page: Page,
    private readonly id: number,
  ) {}

  async type() {
    const word = `word${this.words.length + 1}`;
    const text = this.text;
    await vi.waitFor(
      async () => {
        await this.goOn();
        await text.focus({ timeout: 1_000 });
        await this.page.keyboard.press('ControlOrMeta+End');
        await this.page.keyboard.type(` ${word}`);
        // What was typed while the conflict page came is not in the text, as a writer sees.
        if (!(await text.textContent({ timeout: 1_000 }))?.includes(word)) throw new Error(`${word} was not typed`);
      },
      { timeout: LIMIT_MS, interval: 100 },
    );
    this.words.push(word);
  }

  private get text() {
    return this.page.getByRole('textbox', { name: 'Text', exact: true });
  }

  /** Somebody else, by API. */
  async editElsewhere() {
    const draft = await site.api('GET', `/articles/${this.id}`);
    const path = draft.status === 'published' ? `/articles/${this.id}/draft` : `/articles/${this.id}`;
    const now = await site.api('GET', path).catch(() => draft);
    const word = `word${this.words.length + 1}`;
    await site.api('PATCH', path, { content: `${now.content}\n\n${word}` });
    this.words.push(word);
  }

  async cutNetwork() {
    this.isOffline = !this.isOffline;
    await this.page.context().setOffline(this.isOffline);
  }

  async killServer() {
    await this.goOn();
    await site.server.stop('SIGKILL');
    try {
      await this.type();
    } finally {
      await site.server.start();
    }
  }

  async endSession() {
    const cookies = await this.page.context().cookies();
    if (cookies.length > 0) this.cookies = cookies;
    await this.page.context().clearCookies();
  }

  /** Closes the tab without warning, and opens the article again. */
  async closeTab() {
    const context = this.page.context();
    await this.page.close();
    await context.setOffline(false);
    this.isOffline = false;
    if ((await context.cookies()).length === 0) await context.addCookies(this.cookies);
    this.page = await site.open(`/articles/${this.id}`, { context });
    await this.goOn();
  }

  /** Until there is a text to write in: signs in again, decides a conflict. */
  async goOn() {
    const dialog = this.page.getByRole('dialog', { name: 'Sign in again' });
    const conflict = this.page.getByRole('button', { name: 'Save and go on writing' });
    await dialog.or(conflict).or(this.text).first().waitFor({ timeout: STEP_MS });
    if (await dialog.isVisible()) {
      await this.page.context().setOffline(false);
      this.isOffline = false;
      await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD, { timeout: STEP_MS });
      await this.page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached', timeout: STEP_MS });
    }
    if (await conflict.isVisible()) await conflict.click({ timeout: STEP_MS });
    await this.text.waitFor({ timeout: STEP_MS });
  }

  /** Lets everything come to rest, and returns what is in the article. */
  async heal(): Promise<string> {
    await this.page.context().setOffline(false);
    return vi.waitFor(
      async () => {
        await this.goOn();
        const status = await this.page.locator('[data-save]').getAttribute('data-save', { timeout: 1_000 });
        if (status !== 'saved') throw new Error(`it is ${status}`);
        return contentOf(this.id);
      },
      { timeout: LIMIT_MS, interval: 250 },
    );
  }
}

async function contentOf(id: number): Promise<string> {
  const article = await site.api('GET', `/articles/${id}`);
  if (!article.hasDraft) return article.content;
  return (await site.api('GET', `/articles/${id}/draft`)).content;
}

test.each([
  ['a draft', null],
  ['a live article', '2026-01-01T00:00:00Z'],
])(
  `No word is lost of %s, whatever happens (RUBRIC_TEST_SEED=${SEED})`,
  async (_what, publishedAt) => {
    const random = randomOf(SEED);
    const { id } = await site.api('POST', '/articles', { title: 'Bad luck', content: 'Begun.', publishedAt });
    const writer = new Writer(await site.open(`/articles/${id}`), id);
    // Before that there is nothing to lose, and the end of the session leads to the page where people sign in.
    await writer.goOn();
    const actions = [
      'type',
      'type',
      'type',
      'editElsewhere',
      'cutNetwork',
      'killServer',
      'endSession',
      'closeTab',
    ] as const;
    for (let turn = 0; turn < ACTIONS; turn += 1) {
      const action = actions[random(actions.length)] ?? 'type';
      writer.log.push(action);
      await writer[action]();
    }
    const words = (await writer.heal()).split(/\s+/);
    const lost = writer.words.filter((word) => !words.includes(word));
    expect(lost, writer.log.join(', ')).toEqual([]);
  },
  300_000,
);
