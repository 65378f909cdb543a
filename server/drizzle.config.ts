import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/database/schema/{content,identity,audit,revisions,events,idempotency,previews,addresses,drafts}.ts',
  out: './migrations',
});
