import { defineRelations } from 'drizzle-orm';
import { authors } from './authors.ts';
import * as content from './content.ts';

const tables = { ...content, authors };

/**
 * Many-to-many, flat: `article.categories` and `category.articles` go through the joining table and do not show its rows.
 * `category.articles` also joins on `listed_at`, which both sides have: PostgreSQL then knows that the two are equal, and
 * reads the newest articles of a category in the order of the link's index, without a sort. `category.rankedArticles` are
 * the same rows, for those that have a rank.
 */
export const relations = defineRelations(tables, (r) => {
  const articlesOfCategory = () =>
    r.many.articles({
      from: r.categories.id.through(r.articleCategories.categoryId),
      // Drizzle accepts any number of columns here; its types require the same number on both sides.
      to: [
        r.articles.id.through(r.articleCategories.articleId),
        r.articles.listedAt.through(r.articleCategories.listedAt),
      ] as unknown as ReturnType<typeof r.articles.id.through>,
    });
  return {
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
    categories: { articles: articlesOfCategory(), rankedArticles: articlesOfCategory() },
  };
});
