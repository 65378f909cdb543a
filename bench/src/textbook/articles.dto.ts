import { z } from 'zod';

/** Each id once, in the order of the request. */
const categoryIds = z.array(z.int().positive()).transform((ids) => [...new Set(ids)]);

export const CreateArticle = z.strictObject({
  title: z.string().trim().min(1).max(500),
  content: z.string().optional(),
  categoryIds: categoryIds.default([]),
});
export type CreateArticle = z.output<typeof CreateArticle>;

/** `categoryIds` replaces the links. Without it they stay. */
export const UpdateArticle = z.strictObject({ ...CreateArticle.shape, categoryIds }).partial();
export type UpdateArticle = z.output<typeof UpdateArticle>;

export const IdParams = z.object({ id: z.coerce.number().int().positive() });
export type IdParams = z.output<typeof IdParams>;
