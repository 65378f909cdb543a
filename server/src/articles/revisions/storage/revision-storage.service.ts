import { Inject, Injectable } from '@nestjs/common';
import { DATABASE, type Database } from '../../../database/database.ts';
import { convertOldEntries } from './former-revisions.writer.ts';
import { packText, unpackText } from './packed-texts.ts';
import {
  findKeyframe,
  insertPackedText,
  listUnpackedTexts,
  lockRevisionStorage,
  type UnpackedText,
} from './packing.queries.ts';
import {
  deleteRevision,
  deleteUnusedTexts,
  listPrunableRevisions,
  type PrunedRevision,
  updateMovedTexts,
  updateNextRevision,
  updateReplacedTexts,
} from './pruning.queries.ts';

/** How many revisions a step packs. A text can be as long as a body, so these take some tenths of a second at most. */
const PACKED_REVISIONS = 10;
/** How many texts use one keyframe. The larger the group, the more often pruning leaves a keyframe for a single text. */
const TEXTS_OF_KEYFRAME = 9;
/** How many articles a step searches, and how many revisions it prunes, at 3 ms each. */
const PRUNED = { articles: 500, revisions: 100 };

/** The text that other texts of a field are packed with. The id is null until it is inserted. */
interface Keyframe {
  id: string | null;
  text: string;
  uses: number;
}

interface PackedText {
  text: UnpackedText;
  value: Buffer;
  keyframe: Keyframe;
  /** Whether this is the keyframe. */
  isKeyframe: boolean;
}

/**
 * Reduces the size of the history, in steps. Each step is a transaction: if the process is killed, every revision stays
 * readable, and no two servers do the same work.
 */
@Injectable()
export class RevisionStorageService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** Packs some texts of one article. Returns whether there were any. */
  packSome(): Promise<boolean> {
    return this.inTurn(false, async (tx) => {
      const { rows: texts } = await listUnpackedTexts(tx, PACKED_REVISIONS);
      // All texts are compressed before the first is written, so that no other statement waits for a lock during the compression.
      const packed: PackedText[] = [];
      for (const field of new Set(texts.map((text) => text.field))) {
        packed.push(
          ...(await packField(
            tx,
            texts.filter((text) => text.field === field),
          )),
        );
      }
      for (const each of packed) await insertPacked(tx, each);
      return texts.length > 0;
    });
  }

  /** Prunes some revisions of the next articles after an id. At the end of all articles, `upToId` is null. */
  pruneSome(afterId: string): Promise<{ upToId: string | null; hasMore: boolean }> {
    return this.inTurn({ upToId: afterId, hasMore: false }, async (tx) => {
      const { rows } = await listPrunableRevisions(tx, afterId, PRUNED.articles, PRUNED.revisions);
      const pruned = rows.filter((row): row is PrunedRevision & { lastId: string } => row.articleId !== null);
      for (const revision of pruned) await prune(tx, revision);
      for (const articleId of new Set(pruned.map((revision) => revision.articleId)))
        await deleteUnusedTexts(tx, articleId);
      const hasMore = pruned.length === PRUNED.revisions;
      return { upToId: hasMore ? afterId : (rows[0]?.lastId ?? null), hasMore };
    });
  }

  /** Converts some audit entries from before revisions existed into revisions. Returns whether there may be more. */
  convertSome(): Promise<boolean> {
    return this.inTurn(false, convertOldEntries);
  }

  /** Runs a step unless another server is running one. */
  private inTurn<T>(otherwise: T, step: (tx: Database) => Promise<T>): Promise<T> {
    return this.db.transaction(async (tx) => {
      const { rows } = await lockRevisionStorage(tx);
      return rows[0]?.acquired ? step(tx) : otherwise;
    });
  }
}

/** Packs texts of one field of one article, the oldest first. */
async function packField(tx: Database, texts: UnpackedText[]): Promise<PackedText[]> {
  const packed: PackedText[] = [];
  let keyframe = await lastKeyframe(tx, texts[0] as UnpackedText);
  for (const text of texts) {
    const whole = await packText(text.text);
    const part = keyframe && keyframe.uses < TEXTS_OF_KEYFRAME ? await packText(text.text, keyframe.text) : null;
    // A text that has little in common with the keyframe becomes the next one.
    const isKeyframe = keyframe === null || part === null || part.length * 2 > whole.length;
    if (isKeyframe || keyframe === null) keyframe = { id: null, text: text.text, uses: 0 };
    else keyframe.uses += 1;
    packed.push({ text, value: isKeyframe ? whole : part, keyframe, isKeyframe });
  }
  return packed;
}

async function lastKeyframe(tx: Database, { articleId, field }: UnpackedText): Promise<Keyframe | null> {
  const { rows } = await findKeyframe(tx, articleId, field);
  const [last] = rows;
  return last === undefined ? null : { id: last.id, text: await unpackText(last.value), uses: last.uses };
}

async function insertPacked(tx: Database, { text, value, keyframe, isKeyframe }: PackedText) {
  if (!isKeyframe && keyframe.id === null) return; // the keyframe was not inserted, because its article is gone
  const { rows } = await insertPackedText(tx, text, isKeyframe ? null : keyframe.id, value);
  if (isKeyframe) keyframe.id = rows[0]?.id ?? null;
}

async function prune(tx: Database, revision: PrunedRevision) {
  await updateNextRevision(tx, revision);
  await updateReplacedTexts(tx, revision);
  await updateMovedTexts(tx, revision);
  await deleteRevision(tx, revision);
}
