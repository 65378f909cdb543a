import { Inject, Injectable } from '@nestjs/common';
import type { Connection } from '../database/connection.ts';
import { DATABASE, type Database, SNAPSHOTS } from '../database/database.ts';
import { answerTooLarge, MAX_ANSWER_BYTES } from '../http/answer-size.ts';
import { joinParts } from '../http/json-parts.ts';
import { coalesce } from '../scheduling/coalesce.ts';
import { findTreeTextBytes, findTreeVersion, listTreePart, type TreeRow } from './category-tree.queries.ts';
import { treeJson } from './tree-json.ts';

/** The number of rows that are read before other requests get a turn: 2 to 3 ms of the main thread. */
const ROWS_PER_TURN = 500;
const NEVER = new AbortController().signal;

/**
 * Returns the whole tree, the only response without pages. Its bytes are cached until the tree can have changed, which one
 * short statement tells. Then the tree is read on one snapshot and serialized in parts. Concurrent requests share all of
 * that, see docs/decisions/0016.
 */
@Injectable()
export class CategoryTree {
  private kept: { version: string | undefined; body: Buffer | undefined } | undefined;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(SNAPSHOTS) private readonly snapshots: Connection['snapshots'],
  ) {}

  /** @throws Problem `answer_too_large` */
  async find(): Promise<Buffer> {
    const body = await this.current();
    if (body) return body;
    const advice = 'List the categories in pages, without tree, or level by level, with parentId.';
    throw answerTooLarge(`more than ${MAX_ANSWER_BYTES}`, advice, ['/tree']);
  }

  /** Undefined for a tree that is too long. */
  private readonly current = coalesce(async () => {
    const [found] = await findTreeVersion(this.db);
    if (this.kept === undefined || this.kept.version !== found?.version) this.kept = await this.read();
    return this.kept.body;
  });

  private async read() {
    const { version, rows } = await this.snapshots.ordinary.run(async (db) => {
      const [[found], [text]] = await Promise.all([findTreeVersion(db), findTreeTextBytes(db)]);
      const isTooLong = text !== undefined && text.bytes > MAX_ANSWER_BYTES;
      return { version: found?.version, rows: isTooLong ? undefined : await listTree(db) };
    }, NEVER);
    return { version, body: rows && (await joinParts(treeJson(rows), MAX_ANSWER_BYTES)).body };
  }
}

async function listTree(db: Database): Promise<TreeRow[]> {
  const rows: TreeRow[] = [];
  for (;;) {
    const part = await listTreePart(db, { afterId: rows.at(-1)?.id ?? 0, limit: ROWS_PER_TURN });
    rows.push(...part);
    if (part.length < ROWS_PER_TURN) return rows;
  }
}
