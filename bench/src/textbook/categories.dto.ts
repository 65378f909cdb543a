import { z } from 'zod';

export const CreateCategory = z.strictObject({
  name: z.string().trim().min(1).max(200),
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
});
export type CreateCategory = z.output<typeof CreateCategory>;

export const PageQuery = z.object({ page: z.coerce.number().int().positive().default(1) });
export type PageQuery = z.output<typeof PageQuery>;
