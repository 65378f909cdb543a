import { defineRelations } from 'drizzle-orm';
import {
  articleAuthors,
  articleCategories,
  articles,
  categories,
} from '../../../server/src/database/schema/content.ts';
import { authors } from '../../../server/src/database/schema/identity.ts';

export { articleCategories, articles, categories };

/** Many-to-many as in the documentation of Drizzle. */
export const relations = defineRelations({ articles, categories, authors, articleCategories, articleAuthors }, (r) => ({
  articles: {
    categories: r.many.categories({
      from: r.articles.id.through(r.articleCategories.articleId),
      to: r.categories.id.through(r.articleCategories.categoryId),
    }),
    authors: r.many.authors({
      from: r.articles.id.through(r.articleAuthors.articleId),
      to: r.authors.id.through(r.articleAuthors.authorId),
    }),
  },
}));
