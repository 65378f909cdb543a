import { expect, test } from 'vitest';
import type { TestResponse } from '../../harness/client.ts';
import { eventually } from '../../harness/eventually.ts';
import { runs, useRandom } from '../../harness/random.ts';
import { idsOf, minutesFromNow, newArticle, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';
import { FIELDS, isPublished, Model, type ModelArticle, type Outcome, type Prefer, type Values } from './model.ts';

/** Random actions of editors, each compared with a plain model: what readers, editors and the event stream see after it. */

const server = useServer();
const random = useRandom();
const pick = <T>(values: readonly T[]): T => values[Math.floor(random.next() * values.length)] as T;
const chance = (share: number) => random.next() < share;
const some = <T>(values: readonly T[]) => values.filter(() => chance(0.5)).toSorted(() => random.next() - 0.5);

const WORDS = ['Rye', 'Salt', 'Fire'];
interface World {
  model: Model;
  categoryIds: number[];
  slugs: string[];
  /** The secrets of previews, by article. */
  secrets: Map<number, string>;
}

async function newWorld(sequence: number): Promise<World> {
  const model = new Model();
  const categoryIds = idsOf(await times(4, () => newCategory(server.as.editor)));
  const slugs = WORDS.map((word) => `${word.toLowerCase()}-of-${sequence}`);
  const secrets = new Map<number, string>();
  for (let n = 0; n < 3; n += 1) {
    const body = { content: pick(WORDS), excerpt: pick(WORDS), categoryIds: some(categoryIds) };
    const { id, title, slug } = await newArticle(server.as.editor, body);
    model.create(id, { title, slug, ...body });
    secrets.set(id, (await server.as.editor.post(`/articles/${id}/previews`, {})).body.secret);
  }
  return { model, categoryIds, slugs, secrets };
}

/** Values for some fields. Categories that are gone are among them. */
function randomBody({ categoryIds, slugs }: World, isGoneAllowed: (id: number) => boolean): Partial<Values> {
  const values = {
    title: pick(WORDS),
    slug: pick(slugs),
    excerpt: pick(WORDS),
    content: pick(WORDS),
    categoryIds: some(categoryIds.filter(isGoneAllowed)),
  };
  return Object.fromEntries(Object.entries(values).filter(() => chance(0.35)));
}

const randomPrefer = (): Prefer =>
  Object.fromEntries(FIELDS.filter(() => chance(0.25)).map((field) => [field, pick(['draft', 'article'] as const)]));

/** Makes one random change, and returns what happened and what should have. */
async function act(world: World): Promise<[string, TestResponse, Outcome]> {
  const { model } = world;
  const id = pick([...world.secrets.keys()]);
  const path = `/articles/${id}`;
  const die = random.next();
  if (die < 0.25) {
    const body = randomBody(world, (each) => !model.isGone(each));
    return [`PATCH ${id} ${JSON.stringify(body)}`, await server.as.editor.patch(path, body), model.patch(id, body)];
  }
  if (die < 0.56) {
    const body = randomBody(world, () => true);
    const call = `PATCH ${id}/draft ${JSON.stringify(body)}`;
    return [call, await server.as.editor.patch(`${path}/draft`, body), model.saveDraft(id, body)];
  }
  if (die < 0.72) {
    const prefer = randomPrefer();
    const response = await server.as.editor.post(`${path}/draft/publish`, { prefer });
    return [`publish ${id} ${JSON.stringify(prefer)}`, response, model.publishDraft(id, prefer)];
  }
  if (die < 0.74) return [`discard ${id}`, await server.as.editor.delete(`${path}/draft`), model.discardDraft(id)];
  if (die < 0.77) return [`trash ${id}`, await server.as.editor.delete(path), model.trash(id)];
  if (die < 0.85) {
    const response = await server.as.editor.post(`${path}/restore`);
    return [`restore ${id}`, response, model.restore(id, response.body.slug)];
  }
  if (die < 0.855) return [`delete ${id}`, await server.as.editor.delete(`${path}?permanent=true`), model.delete(id)];
  if (die < 0.89) return deleteCategory(world);
  const publication = pick(['draft', 'scheduled', ...Array<'published'>(5).fill('published')] as const);
  const publishedAt = { draft: null, scheduled: minutesFromNow(600), published: minutesFromNow(-9) }[publication];
  const response = await server.as.editor.patch(path, { publishedAt });
  return [`${publication} ${id}`, response, model.setPublication(id, publication, publishedAt === null)];
}

async function deleteCategory(world: World): Promise<[string, TestResponse, Outcome]> {
  const existing = world.categoryIds.filter((id) => !world.model.isGone(id));
  const id = pick(existing);
  const response = await server.as.editor.delete(`/categories/${id}`);
  world.model.deleteCategory(id);
  world.categoryIds.push((await newCategory(server.as.editor)).id);
  return [`delete category ${id}`, response, { status: 204 }];
}

function expectOutcome({ status, body }: TestResponse, expected: Outcome) {
  const pointers = expected.pointers && body?.errors?.map(({ pointer }: { pointer: string }) => pointer);
  expect({ status, code: body?.code, pointers }, JSON.stringify(body)).toEqual({
    code: undefined,
    pointers: undefined,
    ...expected,
  });
}

const shown = ({ title, slug, excerpt, content, categories }: any): Values => ({
  title,
  slug,
  excerpt,
  content,
  categoryIds: idsOf(categories),
});
const isVisible = (article: ModelArticle | undefined) =>
  article !== undefined && !article.isTrashed && isPublished(article);

/** What readers, editors and the holder of a preview see of an article. */
async function expectArticle({ model, secrets }: World, id: number) {
  const article = model.articles.get(id);
  const [asReader, asEditor, draft, preview] = await Promise.all([
    server.anonymous.get(`/articles/${id}`),
    server.as.editor.get(`/articles/${id}?trashed=true`),
    server.as.editor.get(`/articles/${id}/draft`),
    server.anonymous.get(`/previews/${secrets.get(id)}`),
  ]);
  expect(asReader.status).toBe(isVisible(article) ? 200 : 404);
  if (isVisible(article)) expect(shown(asReader.body)).toEqual(article?.values);
  expect(asEditor.status).toBe(article ? 200 : 404);
  expect(draft.status).toBe(article?.draft && !article.isTrashed ? 200 : 404);
  expect(preview.status).toBe(article && !article.isTrashed ? 200 : 404);
  if (!article) return;
  expect(shown(asEditor.body)).toEqual(article.values);
  const { version, hasDraft, status } = asEditor.body;
  expect({ version, hasDraft, status }).toEqual({
    version: article.version,
    hasDraft: article.draft !== null,
    status: article.isTrashed ? 'trashed' : article.publication,
  });
  if (article.isTrashed) return;
  const values = model.draftOf(article);
  const saved = values && { ...values, categoryIds: values.categoryIds.filter((each) => !model.isGone(each)) };
  expect(shown(preview.body)).toEqual(saved && isPublished(article) ? saved : article.values);
  if (!saved) return;
  expect(shown(draft.body)).toEqual(saved);
  expect([draft.body.version, draft.body.baseVersion]).toEqual([article.draft?.version, article.draft?.baseVersion]);
  expect(idsOf(draft.body.gone)).toEqual(values?.categoryIds.filter(model.isGone));
}

async function expectLists({ model, secrets }: World) {
  const ids = [...secrets.keys()];
  const visible = ids.filter((id) => isVisible(model.articles.get(id)));
  const drafts = visible.filter((id) => model.articles.get(id)?.draft);
  const [forReaders, withDraft] = await Promise.all([
    server.anonymous.get(`/articles?ids=${ids.join()}`),
    server.as.editor.get(`/articles?hasDraft=true&ids=${ids.join()}`),
  ]);
  expect(new Set(idsOf(forReaders.body.data))).toEqual(new Set(visible));
  expect(new Set(idsOf(withDraft.body.data))).toEqual(new Set(drafts));
}

/** The events since the start, those of one step in any order: a deleted category changes several articles. */
async function expectEvents({ model, secrets }: World, start: string, stepEnds: number[]) {
  await eventually(async () => {
    const events: any[] = [];
    for (let after = start; ; ) {
      const { data, page } = (await server.as.editor.get(`/events?limit=100&after=${after}`)).body;
      events.push(...data.filter(({ subject }: any) => subject.type === 'article' && secrets.has(subject.id)));
      if (data.length < 100) break;
      after = page.next;
    }
    const actual = events.map(({ type, subject, changed }) => ({
      type,
      id: subject.id,
      changed: type === 'article.updated' ? (changed ?? []).toSorted() : [],
    }));
    const expected = model.events.map((event) =>
      event.type === 'article.updated' ? event : { ...event, changed: [] },
    );
    const byStep = (list: object[]) =>
      stepEnds.map((end, step) =>
        list
          .slice(stepEnds[step - 1] ?? 0, end)
          .map((each) => JSON.stringify(each))
          .toSorted(),
      );
    expect(actual).toHaveLength(expected.length);
    expect(byStep(actual)).toEqual(byStep(expected));
  });
}

test('What readers, editors and the event stream see is what a plain model says, after each of many random actions', async () => {
  for (let sequence = 0; sequence < runs(6); sequence += 1) {
    const start = (await server.as.editor.get('/events?limit=1')).body.page.next;
    const world = await newWorld(sequence);
    const log: string[] = [];
    const stepEnds = [world.model.events.length];
    for (let step = 0; step < 60; step += 1) {
      const [call, response, expected] = await act(world);
      log.push(`${call} → ${response.status} ${response.body?.code ?? ''}`);
      stepEnds.push(world.model.events.length);
      try {
        expectOutcome(response, expected);
        for (const id of world.secrets.keys()) await expectArticle(world, id);
        await expectLists(world);
      } catch (error) {
        throw new Error(`After:\n${log.join('\n')}`, { cause: error });
      }
    }
    await expectEvents(world, start, stepEnds);
  }
}, 600_000);
