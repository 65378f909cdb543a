import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { onTestFinished } from 'vitest';
import { RevisionStorageService } from '../../../src/articles/revisions/storage/revision-storage.service.ts';
import { readConfig } from '../../../src/config.ts';
import { connect } from '../../../src/database/connection.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { connectClient, olderDatabase } from '../../harness/older-database.ts';
import type { Random } from '../../harness/random.ts';
import { times } from '../../harness/seed.ts';
import { insertTestToken, startServerBeside, TEST_SETTINGS } from '../../harness/server.ts';

/** The first migration with revisions: before it, entries of the audit log held the texts of articles. */
const REVISIONS = '20261127180114_revisions';

/** What an article was after a transaction. */
export interface State {
  version: number;
  title: string;
  slug: string;
  excerpt: string | null;
  content: string;
  contentFormat: string;
  publishedAt: Date | null;
  isTrashed: boolean;
  categoryIds: number[];
  authorIds: number[];
}

const LINKS = {
  categoryIds: ['article_categories', 'category_id'],
  authorIds: ['article_authors', 'author_id'],
} as const;

/** Writes to a database without revisions by statements like those of that time, and remembers what articles were. */
export class OlderInstallation {
  /** The states of each article, the oldest first. */
  readonly states = new Map<number, State[]>();
  readonly deletedIds: number[] = [];
  private count = 0;

  constructor(
    readonly url: string,
    readonly database: pg.Client,
    private readonly random: Random,
  ) {}

  below = (count: number) => Math.floor(this.random.next() * count);
  private pick = <T>(values: readonly T[]) => values[this.below(values.length)] as T;
  private someIds = () => [1, 2, 3, 4, 5].toSorted(() => this.random.next() - 0.5).slice(0, this.below(6));
  text = (length = 1_500) =>
    `Text ${(this.count += 1)} „ü\\" ${Array.from({ length: length / 10 }, () => this.random.next().toString(36).slice(2, 11)).join(' ')}`;

  /** Runs a transaction by a token. Two transactions never have the same time. */
  async transaction(tokenId: number | null, statements: () => Promise<unknown>) {
    await setTimeout(2);
    await this.database.query('begin');
    const actor = tokenId === null ? '' : JSON.stringify({ via: 'http', tokenId, address: '192.0.2.7' });
    await this.database.query(`select set_config('rubric.actor', $1, true)`, [actor]);
    await statements();
    await this.database.query('commit');
    for (const id of this.states.keys()) await this.remember(id);
  }

  private async remember(id: number) {
    const { rows } = await this.database.query(
      `select version, title, slug, excerpt, content, content_format as "contentFormat", published_at as "publishedAt",
        deleted_at is not null as "isTrashed",
        array(select category_id::int from article_categories where article_id = id order by position, category_id) as "categoryIds",
        array(select author_id::int from article_authors where article_id = id order by position, author_id) as "authorIds"
      from articles where id = $1`,
      [id],
    );
    const states = this.states.get(id) as State[];
    if (rows[0] && !isDeepStrictEqual(states.at(-1), rows[0])) states.push(rows[0]);
  }

  async create(tokenId: number | null, state: Partial<State> = {}): Promise<number> {
    let id = 0;
    await this.transaction(tokenId, async () => {
      const { rows } = await this.database.query(
        `insert into articles (title, slug, excerpt, content, published_at) values ($1, $2, $3, $4, $5) returning id`,
        [
          this.text(40),
          `slug-${this.count}`,
          this.pick([null, this.text(800)]),
          state.content ?? this.text(),
          state.publishedAt ?? this.date(),
        ],
      );
      id = Number(rows[0].id);
      this.states.set(id, []);
      for (const field of ['categoryIds', 'authorIds'] as const) await this.replaceLinks(id, field, this.someIds());
    });
    return id;
  }

  private date = () =>
    this.pick([null, new Date('2026-01-31T06:10:00Z'), new Date('2026-02-28T00:00:00.123Z'), new Date('2999-01-01')]);

  /** One statement, as a request has it: links that stay keep their row, and change their position. */
  replaceLinks(id: number, field: keyof typeof LINKS, ids: number[]) {
    const [table, column] = LINKS[field];
    return this.database.query(
      `with deleted as (delete from ${table} where article_id = $1 and ${column} <> all($2::bigint[]))
      insert into ${table} (article_id, ${column}, position, listed_at)
      select $1, requested.id, requested.position, listed_at
      from articles cross join unnest($2::bigint[]) with ordinality as requested (id, position) where articles.id = $1
      on conflict (article_id, ${column}) do update set position = excluded.position where ${table}.position <> excluded.position`,
      [id, ids],
    );
  }

  /** Updates no row that has the value already, as requests did: otherwise links would not raise the version after it. */
  private set(id: number, column: string, value: unknown) {
    return this.database.query(`update articles set ${column} = $2 where id = $1 and ${column} is distinct from $2`, [
      id,
      value,
    ]);
  }

  /** A random change, or several in one transaction. */
  async change(tokenId: number | null, id: number) {
    const changes = [
      () => this.set(id, 'title', this.text(40)),
      () => this.set(id, 'slug', `slug-${(this.count += 1)}`),
      () => this.set(id, 'excerpt', this.pick([null, 'Short', this.text(900)])),
      () => this.set(id, 'content', this.pick(['', this.text(), this.text(4_000)])),
      () => this.set(id, 'content_format', this.pick(['html', 'markdown'])),
      () => this.set(id, 'published_at', this.date()),
      () => this.set(id, 'deleted_at', this.pick([null, new Date('2026-03-01T00:00:00Z')])),
      () =>
        this.database.query('update articles set title = $2, content = $3 where id = $1', [
          id,
          this.text(30),
          this.text(),
        ]),
      () => this.replaceLinks(id, 'categoryIds', this.someIds()),
      () => this.replaceLinks(id, 'authorIds', this.someIds()),
    ];
    const isLinkChange = (change: number) => change >= 8;
    // Links first would raise the version once more than the log says.
    const random = await times(1 + this.below(3), async () => this.below(changes.length));
    const chosen = [...new Set(random)].toSorted((a, b) => Number(isLinkChange(a)) - Number(isLinkChange(b)));
    await this.transaction(tokenId, async () => {
      for (const change of chosen) await changes[change]?.();
    });
  }

  async deleteForGood(id: number) {
    await this.transaction(null, () => this.database.query('delete from articles where id = $1', [id]));
    this.states.delete(id);
    this.deletedIds.push(id);
  }
}

/** An installation without revisions, with categories and authors 1 to 5 and the token 1. */
export async function openOlderInstallation(random: Random): Promise<OlderInstallation> {
  const url = await olderDatabase(REVISIONS);
  const database = await connectClient(url);
  for (const [table, name] of [
    ['categories', 'Rubric'],
    ['authors', 'Writer'],
  ]) {
    await database.query(
      `insert into ${table} (name, slug) select '${name} ' || n, lower('${name}-') || n from generate_series(1, 5) as n`,
    );
  }
  await insertTestToken(database, 'admin');
  return new OlderInstallation(url, database, random);
}

/** Migrates the database and starts a server on it. */
export async function upgrade({ url }: OlderInstallation) {
  await migrate(url);
  const config = readConfig(TEST_SETTINGS);
  const connection = connect({ ...config.database, connectionString: url });
  onTestFinished(() => connection.close());
  const { editor, close } = await startServerBeside({ databaseUrl: url, config });
  onTestFinished(close);
  const { pool, db } = connection;
  const storage = new RevisionStorageService(db);
  const convertAll = async () => {
    while (await storage.convertSome());
  };
  return { pool, db, editor, storage, convertAll };
}
