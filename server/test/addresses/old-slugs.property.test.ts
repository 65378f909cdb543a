import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useRandom } from '../harness/random.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const random = useRandom();

const KINDS = { articles: 'title', categories: 'name', authors: 'name' } as const;
type Kind = keyof typeof KINDS;

interface Row {
  id: number;
  slug: string;
  state: 'published' | 'draft' | 'trashed';
}

/** What each slug means, by the rules of docs/addresses.md. */
class Model {
  readonly rows = new Map<number, Row>();
  readonly old = new Map<string, number>();
  readonly slugs = new Set<string>();

  holder = (slug: string) => [...this.rows.values()].find((row) => row.slug === slug && row.state !== 'trashed');

  take(row: Row) {
    this.slugs.add(row.slug);
    this.old.delete(row.slug);
    this.rows.set(row.id, row);
  }

  rename(row: Row, slug: string) {
    if (slug !== row.slug && row.state === 'published') this.old.set(row.slug, row.id);
    row.slug = slug;
    this.take(row);
  }

  forget(row: Row) {
    this.rows.delete(row.id);
    for (const [slug, id] of this.old) if (id === row.id) this.old.delete(slug);
  }

  answer(slug: string, seesAll: boolean): [200, number] | [308, string] | [404] {
    const holder = this.holder(slug);
    const row = holder ?? this.rows.get(this.old.get(slug) ?? 0);
    if (!row || row.state === 'trashed' || (row.state === 'draft' && !seesAll)) return [404];
    return holder ? [200, row.id] : [308, row.slug];
  }
}

const actions = fc.array(
  fc.record({
    what: fc.constantFrom(
      'create',
      'draft',
      'rename',
      'rename',
      'rename',
      'trash',
      'restore',
      'delete',
      'take back',
      'publish',
    ),
    row: fc.nat(),
    slug: fc.constantFrom('a', 'b', 'c', 'd'),
  }),
  { minLength: 4, maxLength: 14 },
);
type Action = { what: string; row: number; slug: string };
let runs = 0;

async function act(kind: Kind, model: Model, { what, row: nth, slug }: Action) {
  const { editor } = server.as;
  const isTaken = (except?: Row) => model.holder(slug) !== undefined && model.holder(slug) !== except;
  const row = [...model.rows.values()][nth % Math.max(model.rows.size, 1)];
  if (what === 'create' || what === 'draft') {
    const isDraft = what === 'draft' && kind === 'articles';
    const body = { [KINDS[kind]]: `Row ${slug} ${Math.random()}`, slug, ...(isDraft && { publishedAt: null }) };
    const response = await editor.post(`/${kind}`, body);
    expect(response.status).toBe(isTaken() ? 409 : 201);
    if (response.status === 201) model.take({ id: response.body.id, slug, state: isDraft ? 'draft' : 'published' });
  } else if (!row) return;
  else if (what === 'rename') {
    const { status } = await editor.patch(`/${kind}/${row.id}`, { slug });
    expect(status).toBe(row.state === 'trashed' ? 404 : isTaken(row) ? 409 : 200);
    if (status === 200) model.rename(row, slug);
  } else if (what === 'delete') {
    const query = kind === 'articles' ? '?permanent=true' : '';
    expect((await editor.delete(`/${kind}/${row.id}${query}`)).status).toBe(204);
    model.forget(row);
  } else if (kind === 'articles') await actOnArticle(model, what, row);
}

/** Whether a draft in the trash was published before does not matter here: it is restored as a draft. */
const drafts = new Set<number>();

async function actOnArticle(model: Model, what: string, row: Row) {
  const { editor } = server.as;
  const path = `/articles/${row.id}`;
  if (what === 'trash') {
    if (row.state === 'draft') drafts.add(row.id);
    if (row.state === 'published') drafts.delete(row.id);
    await editor.delete(path);
    row.state = 'trashed';
  } else if (what === 'restore' && row.state === 'trashed') {
    const { body } = await editor.post(`${path}/restore`);
    row.slug = body.slug;
    row.state = drafts.has(row.id) ? 'draft' : 'published';
    model.take(row);
  } else if (row.state !== 'trashed' && (what === 'publish' || what === 'take back')) {
    await editor.patch(path, { publishedAt: what === 'publish' ? '2026-01-01T00:00:00Z' : null });
    row.state = what === 'publish' ? 'published' : 'draft';
  }
}

async function expectAnswers(kind: Kind, model: Model) {
  for (const slug of model.slugs) {
    for (const [client, seesAll] of [
      [server.anonymous, false],
      [server.as.reader, true],
    ] as const) {
      const { status, body, headers } = await client.get(`/${kind}/${slug}`);
      const answer = [
        status,
        ...(status === 200 ? [body.id] : status === 308 ? [headers.get('location')?.split('/')[2]] : []),
      ];
      expect(answer, `${kind} ${slug}, all: ${seesAll}`).toEqual(model.answer(slug, seesAll));
    }
    const [, target] = model.answer(slug, false);
    const resolved = await server.anonymous.get(`/resolve?path=/${kind}/${slug}`);
    if (target === undefined) expect(resolved.status).toBe(404);
    else expect(typeof target === 'number' ? resolved.body.id : resolved.body.slug).toBe(target);
  }
}

test.each(Object.keys(KINDS) as Kind[])(
  'Each slug of %s means what the model says, after any history',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(actions, async (history) => {
        runs += 1;
        const model = new Model();
        for (const action of history) {
          await act(kind, model, { ...action, slug: `${action.slug}-run-${runs}` });
          await expectAnswers(kind, model);
        }
      }),
      random.options(kind === 'articles' ? 25 : 8),
    );
    const { rows } = await server.database.pool.query(
      'select o.slug from old_slugs as o join articles as a on a.slug = o.slug and a.deleted_at is null',
    );
    expect(rows).toEqual([]);
  },
);
