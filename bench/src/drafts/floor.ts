import fastify from 'fastify';
import { run } from '../floor/database.ts';

/**
 * The minimum for an autosave: Fastify and one named statement that updates one row of a bare table. It returns the body of
 * Rubric, but needs no token, checks nothing, and has the names of categories as constants.
 */
const SAVE = `update article_drafts set version = version + 1, updated_at = date_trunc('milliseconds', now()),
  title = $2, content = $3 where article_id = $1
  returning article_id, version, base_version, updated_at, slug, excerpt, content_format, category_ids::text, author_ids::text`;

const referencesOf = (ids: unknown) =>
  (String(ids).match(/\d+/g) ?? []).map((id) => ({ id: Number(id), name: `Category ${id}`, slug: `category-${id}` }));

const app = fastify();
app.patch<{ Params: { id: string }; Body: { title: string; content: string } }>(
  '/articles/:id/draft',
  async ({ params, body: { title, content } }, reply) => {
    const [row] = await run('save_draft', SAVE, [params.id, title, content]);
    if (!row) return reply.code(404).send();
    const [id, version, baseVersion, updatedAt, slug, excerpt, contentFormat, categoryIds, authorIds] = row;
    const publishedAt = updatedAt;
    return {
      ...{ id, title, slug, excerpt, content, contentFormat, status: 'published', publishedAt, createdAt: publishedAt },
      ...{ updatedAt, version, categories: referencesOf(categoryIds), authors: referencesOf(authorIds) },
      ...{ baseVersion, updatedBy: { tokenId: 1, name: 'bench' }, gone: [] },
    };
  },
);

process.on('SIGTERM', () => process.exit(0));
process.stdout.write(`${await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })}\n`);
