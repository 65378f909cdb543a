import { gzipSync } from 'node:zlib';
import { ACCOUNT } from './account.ts';
import { type Measured, medianOfRounds, quantile, ROUNDS } from './measured.ts';
import { type Place, visit } from './visitor.ts';

const ARTICLE = '[data-row] a';
const CATEGORY = '[role="treeitem"]';
export const EDITOR = '[contenteditable="true"] h2';
const linkTo = (screen: string) => `nav a[href$="/admin/${screen}"]`;
/** Screens in the sidebar, and what each shows. */
const TOUR = [
  ['categories', CATEGORY],
  ['accounts', 'section[aria-label="Accounts"] tbody tr'],
  ['audit', 'section[aria-label="Audit log"] tbody tr'],
  ['articles', ARTICLE],
] as const;

export async function measureSignIn(place: Place): Promise<Measured> {
  const value = await medianOfRounds(() =>
    visit({ ...place, cookies: [] }, async (visitor) => {
      await visitor.open('/sign-in', 'input[type="password"]');
      await visitor.page.getByLabel('Email address').fill(ACCOUNT.email);
      await visitor.page.getByLabel('Password', { exact: true }).fill(ACCOUNT.password);
      return (await visitor.after(() => visitor.page.keyboard.press('Enter'), ARTICLE)).ms;
    }),
  );
  return { what: 'From the sign-in to the list of articles', unit: 'ms', limit: 1_000, value };
}

export async function measureList(place: Place): Promise<Measured[]> {
  let scripts: string[] = [];
  const value = await medianOfRounds(() =>
    visit(place, async (visitor) => {
      const painted = await visitor.open('/articles', ARTICLE);
      scripts = painted.scripts;
      return painted.ms;
    }),
  );
  return [
    { what: 'The list of articles, with nothing in the cache', unit: 'ms', limit: 1_200, value },
    { what: 'JavaScript of this screen, gzipped', unit: 'kB', limit: 250, value: await zippedSizeOf(scripts) },
  ];
}

async function zippedSizeOf(scripts: readonly string[]): Promise<number> {
  const sizes = scripts.map(async (url) => gzipSync(await (await fetch(url)).bytes(), { level: 9 }).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1_000;
}

/** Opens each screen except the list for the first time. */
export async function measureTour(place: Place): Promise<Measured[]> {
  const times = TOUR.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    await visit(place, async (visitor) => {
      await visitor.open('/articles', ARTICLE);
      for (const [index, [screen, selector]] of TOUR.entries()) {
        const { ms } = await visitor.after(() => visitor.page.locator(linkTo(screen)).click(), selector);
        times[index]?.push(ms);
      }
    });
  }
  return TOUR.map(([screen], index) => ({
    what: `From the screen before to ${screen}`,
    unit: 'ms',
    limit: 300,
    value: quantile(times[index] ?? [], 0.5),
  }));
}

export async function measureTree(place: Place): Promise<Measured> {
  const value = await medianOfRounds(() =>
    visit(place, async (visitor) => {
      await visitor.open('/articles', 'main h1');
      return (await visitor.after(() => visitor.page.locator(linkTo('categories')).click(), CATEGORY)).ms;
    }),
  );
  return { what: 'The tree of 10,000 categories', unit: 'ms', limit: 500, value };
}

export async function measureEditor(place: Place, id: number): Promise<Measured> {
  const value = await medianOfRounds(() =>
    visit(place, async (visitor) => {
      await visitor.open('/articles', ARTICLE);
      return (await visitor.after(() => visitor.page.locator(`a[href$="/articles/${id}"]`).click(), EDITOR)).ms;
    }),
  );
  return { what: 'The editor with a text of 20 kB', unit: 'ms', limit: 800, value };
}
