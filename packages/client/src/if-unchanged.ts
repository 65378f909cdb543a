/**
 * Makes a change of this row conditional: it fails with `version_mismatch` when somebody changed the row since it was
 * read. Spread it into the call:
 *
 * ```ts
 * await updateArticle({ ...ifUnchanged(article), body: { title: 'Another' } });
 * ```
 *
 * The version is that of the row in hand. If the client remembered the last version it saw of each address, a background
 * refresh would raise it, and the change would overwrite what its author never saw.
 */
export const ifUnchanged = ({ id, version }: { id: number; version: number }) => ({
  path: { id, idOrSlug: String(id) },
  headers: { 'If-Match': `"${version}"` },
});
