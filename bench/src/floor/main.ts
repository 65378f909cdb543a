import fastify, { type FastifyReply } from 'fastify';
import { FORMS } from './article.ts';
import { run } from './database.ts';
import { FORM_NAMES } from './forms.ts';
import { listResponse, type Query } from './lists.ts';
import { treeResponse } from './tree.ts';
import { type ArticleBody, create, replace } from './writes.ts';

/**
 * The minimum for Node: Fastify and `pg`, one hand-written named statement for each request, on bare tables of its own
 * (`schema.ts`). It returns the same bodies as Rubric, but validates nothing, needs no token, computes no ETag and keeps no
 * counts, words or log.
 */
const app = fastify();
const JSON_TYPE = 'application/json; charset=utf-8';
const send = (reply: FastifyReply, body: string) => reply.type(JSON_TYPE).send(body);

for (const name of FORM_NAMES) {
  const form = FORMS[name];
  const one = `with page as (select id from articles where id = $1 and published_at <= now()) ${form.select(true)}`;
  app.get<{ Params: { id: string } }>(`/${name}/articles/:id`, async ({ params }, reply) => {
    const [row] = await run(`${name}_article`, one, [params.id]);
    return row ? send(reply, form.toJson(row, true)) : reply.code(404).send();
  });
  app.get<{ Querystring: Query }>(`/${name}/articles`, async ({ query }, reply) => {
    const { body, link } = await listResponse(form, name, { path: '/articles', query });
    return send(link === '' ? reply : reply.header('link', link), body);
  });
  app.get<{ Params: { id: string }; Querystring: Query }>(
    `/${name}/categories/:id/articles`,
    async ({ params, query }, reply) => {
      const path = `/categories/${params.id}/articles`;
      const { body, link } = await listResponse(form, name, { path, query, category: params.id });
      return send(link === '' ? reply : reply.header('link', link), body);
    },
  );
  app.get(`/${name}/categories`, async (_request, reply) => send(reply, await treeResponse()));
  app.post<{ Body: ArticleBody }>(`/${name}/articles`, async ({ body }, reply) =>
    send(reply.code(201), await create(form, name, body)),
  );
  app.patch<{ Params: { id: string }; Body: ArticleBody }>(`/${name}/articles/:id`, async ({ params, body }, reply) =>
    send(reply, await replace(form, name, params.id, body)),
  );
}

process.on('SIGTERM', () => process.exit(0));
process.stdout.write(`${await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })}\n`);
