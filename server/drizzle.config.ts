import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/database/schema/{content,identity,audit,revisions,idempotency,previews}.ts',
  out: './migrations',
});
