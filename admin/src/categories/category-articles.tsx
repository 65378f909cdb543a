import type { CategoryWithArticles } from '@rubric/client';
import { Link } from '@tanstack/react-router';
import { TextLink } from '../design/link.tsx';
import { Section } from '../design/page.tsx';
import { Time } from '../design/time.tsx';
import { texts } from '../texts/texts.ts';

/** What readers find first in a category. */
export function CategoryArticles({ category }: { category: CategoryWithArticles; canWrite: boolean }) {
  const { data } = category.articles;
  return (
    <div className="mt-8">
      <Section
        title={texts.categories.articles}
        actions={
          <TextLink to="/articles" search={{ any: category.id } as never} className="text-sm">
            {texts.categories.allArticles}
          </TextLink>
        }
      >
        {data.length === 0 && <p className="text-soft">{texts.categories.noArticles}</p>}
        <ul className="divide-y divide-line border-y border-line empty:hidden">
          {data.map((article) => (
            <li key={article.id} className="flex min-h-10 items-center gap-4 text-sm">
              <Link
                to={'/articles/$id' as string}
                params={{ id: String(article.id) } as never}
                className="min-w-0 flex-1 truncate no-underline hover:underline"
              >
                {article.title}
              </Link>
              <span className="text-soft">
                {article.publishedAt && <Time at={article.publishedAt} relative={false} />}
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
