import {
  findConversion,
  listChangesOfTransaction,
  listFirstEntries,
  listUnconvertedEntries,
  type OldEntry,
  updateConversion,
  updateConvertedEntries,
  updateEntriesOfGoneArticles,
} from '../../../audit/old-entries.queries.ts';
import type { Database } from '../../../database/database.ts';
import { formerChange } from './former-revision.ts';
import { insertFormerRevision, lockFirstRevision, updateFirstRevision } from './former-revisions.queries.ts';

/** How many entries a step converts, each with at most two copies of a text, and how many ids it searches for them. */
const STEP = { entries: 20, ids: 10_000 };

type FirstEntry = Awaited<ReturnType<typeof listFirstEntries>>[number];

/**
 * Converts some audit entries from before revisions existed into revisions, the newest first, and removes their texts from
 * the log. Each entry completes the first revision of its article, and a new first revision is inserted before it. Returns
 * whether there may be more.
 */
export async function convertOldEntries(tx: Database): Promise<boolean> {
  const [conversion] = await findConversion(tx);
  if (conversion === undefined || conversion.nextId === 0) return false;
  const from = Math.max(conversion.nextId - STEP.ids, 0);
  const entries = await listUnconvertedEntries(tx, { from, to: conversion.nextId }, STEP.entries);
  const convertedIds = await convert(tx, entries);
  const ids = entries.map(({ id }) => id);
  await updateEntriesOfGoneArticles(
    tx,
    ids.filter((id) => !convertedIds.has(id)),
  );
  const nextId = entries.length < STEP.entries ? from : (ids.at(-1) as number) - 1;
  const isBeforeTheFirst = entries.length === 0 && conversion.lastId === conversion.nextId;
  await updateConversion(tx, { nextId, lastId: isBeforeTheFirst ? nextId : conversion.lastId });
  return nextId > 0;
}

/** Returns the ids of the entries that have been converted, including some that were not passed in. */
async function convert(tx: Database, entries: readonly OldEntry[]): Promise<Set<number>> {
  const firstEntries = await listFirstEntries(tx, [...new Set(entries.map(({ articleId }) => articleId))]);
  const firstEntryOf = new Map(firstEntries.map((entry) => [entry.articleId, entry]));
  const converted = new Set<number>();
  for (const entry of entries) {
    if (converted.has(entry.id) || !isOfPresentArticle(entry, firstEntryOf.get(entry.articleId))) continue;
    for (const id of await convertChange(tx, entry)) converted.add(id);
  }
  return converted;
}

/**
 * Ids can be reused, and the entries of a former article with the same id are not part of the history. Entries of one
 * transaction have the same time; which of them has the first id depends on the order of triggers.
 */
const isOfPresentArticle = (entry: OldEntry, first: FirstEntry | undefined) =>
  first === undefined ||
  entry.id > first.id ||
  (first.action === 'article.create' && entry.at.getTime() === first.at.getTime());

/** Converts the entries of the transaction that wrote this one. Returns their ids, none if they cannot be converted. */
async function convertChange(tx: Database, entry: OldEntry): Promise<number[]> {
  const [first] = await lockFirstRevision(tx, entry.articleId);
  if (first === undefined || first.changed !== null) return [];
  const { changed: _, ...state } = first;
  const change = formerChange(state, await listChangesOfTransaction(tx, entry), entry.at);
  if (change === null) return [];
  await updateFirstRevision(tx, entry, first.number, change);
  if (change.former !== null) await insertFormerRevision(tx, entry.articleId, change.former);
  await updateConvertedEntries(tx, first.number, change.entries);
  return change.entries.map(({ id }) => id);
}
