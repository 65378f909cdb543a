import type { ReactNode } from 'react';
import { useScope } from '../../api/account.ts';
import { texts } from '../../texts/texts.ts';
import type { FieldName, Fields } from '../saving/fields.ts';
import type { Opened } from '../saving/server.ts';
import { AddressField } from './address-field.tsx';
import { AuthorPicker } from './author-picker.tsx';
import { CategoryPicker } from './category-picker.tsx';
import { Words } from './words.tsx';

interface PanelProps {
  mine: Fields;
  refused: Partial<Record<FieldName, string>>;
  opened: Opened | null;
  onChange: (fields: Partial<Fields>) => void;
}

/** What belongs to an article besides its text. */
export function Panel({ mine, refused, opened, onChange }: PanelProps) {
  const maySetAuthors = useScope('articles.setAuthors') !== undefined;
  return (
    <div className="flex flex-col gap-7 text-sm lg:sticky lg:top-24">
      <Part title={texts.writing.categories}>
        <CategoryPicker ids={mine.categoryIds} known={opened} onChange={(categoryIds) => onChange({ categoryIds })} />
      </Part>
      {maySetAuthors && (
        <Part title={texts.writing.authors}>
          <AuthorPicker ids={mine.authorIds} known={opened} onChange={(authorIds) => onChange({ authorIds })} />
        </Part>
      )}
      <AddressField
        slug={mine.slug}
        title={mine.title}
        error={refused.slug}
        live={opened?.article.status === 'published' ? opened.article.slug : null}
        onChange={(slug) => onChange({ slug })}
      />
      <Words content={mine.content} format={mine.contentFormat} />
    </div>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h2 className="mb-1.5 font-medium">{title}</h2>
    {children}
  </section>
);
