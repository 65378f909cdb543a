import { memo, type ReactNode, useCallback } from 'react';
import { useScope } from '../../api/account.ts';
import { texts } from '../../texts/texts.ts';
import type { FieldName, Fields } from '../saving/fields.ts';
import type { Opened } from '../saving/server.ts';
import { AddressField } from './address-field.tsx';
import { AuthorPicker } from './author-picker.tsx';
import { CategoryPicker } from './category-picker.tsx';
import { Words } from './words.tsx';

// Each key that is pressed in the text draws the panel again, but not what has not changed in it.
const Categories = memo(CategoryPicker);
const Authors = memo(AuthorPicker);
const Address = memo(AddressField);

interface PanelProps {
  readOnly: boolean;
  mine: Fields;
  refused: Partial<Record<FieldName, string>>;
  opened: Opened | null;
  onChange: (fields: Partial<Fields>) => void;
}

/** What belongs to an article besides its text. */
export function Panel({ readOnly, mine, refused, opened, onChange }: PanelProps) {
  const maySetAuthors = useScope('articles.setAuthors') !== undefined;
  const setCategories = useCallback((categoryIds: number[]) => onChange({ categoryIds }), [onChange]);
  const setAuthors = useCallback((authorIds: number[]) => onChange({ authorIds }), [onChange]);
  const setSlug = useCallback((slug: string) => onChange({ slug }), [onChange]);
  return (
    <div className="flex flex-col gap-7 text-sm lg:sticky lg:top-24">
      <Part title={texts.writing.categories}>
        <Categories readOnly={readOnly} ids={mine.categoryIds} known={opened} onChange={setCategories} />
      </Part>
      {(maySetAuthors || readOnly) && (
        <Part title={texts.writing.authors}>
          <Authors readOnly={readOnly} ids={mine.authorIds} known={opened} onChange={setAuthors} />
        </Part>
      )}
      <Address
        readOnly={readOnly}
        slug={mine.slug}
        title={mine.title}
        error={refused.slug}
        live={opened?.article.status === 'published' ? opened.article.slug : null}
        onChange={setSlug}
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
