import { memo, type ReactNode, useCallback } from 'react';
import { useScope } from '../../api/account.ts';
import { texts } from '../../texts/texts.ts';
import { useWriterState, type Writer } from '../use-writing.ts';
import { AddressField } from './address-field.tsx';
import { AuthorPicker } from './author-picker.tsx';
import { CategoryPicker } from './category-picker.tsx';
import { Words } from './words.tsx';

// Each key that is pressed in the title draws the panel again, but not what has not changed in it.
const Categories = memo(CategoryPicker);
const Authors = memo(AuthorPicker);
const Address = memo(AddressField);

/** What belongs to an article besides its text. */
export function Panel({ readOnly, writer }: { readOnly: boolean; writer: Writer }) {
  const { opened } = writer;
  const onChange = writer.autosave.type;
  const title = useWriterState(writer, ({ mine }) => mine.title);
  const slug = useWriterState(writer, ({ mine }) => mine.slug);
  const categoryIds = useWriterState(writer, ({ mine }) => mine.categoryIds);
  const authorIds = useWriterState(writer, ({ mine }) => mine.authorIds);
  const refused = useWriterState(writer, (state) => state.refused.slug);
  const maySetAuthors = useScope('articles.setAuthors') !== undefined;
  const setCategories = useCallback((ids: number[]) => onChange({ categoryIds: ids }), [onChange]);
  const setAuthors = useCallback((ids: number[]) => onChange({ authorIds: ids }), [onChange]);
  const setSlug = useCallback((next: string) => onChange({ slug: next }), [onChange]);
  return (
    <div className="flex flex-col gap-7 text-sm lg:sticky lg:top-24">
      <Part title={texts.writing.categories}>
        <Categories readOnly={readOnly} ids={categoryIds} known={opened} onChange={setCategories} />
      </Part>
      {(maySetAuthors || readOnly) && (
        <Part title={texts.writing.authors}>
          <Authors readOnly={readOnly} ids={authorIds} known={opened} onChange={setAuthors} />
        </Part>
      )}
      <Address
        readOnly={readOnly}
        slug={slug}
        title={title}
        error={refused}
        live={opened?.article.status === 'published' ? opened.article.slug : null}
        onChange={setSlug}
      />
      <Words writer={writer} />
    </div>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h2 className="mb-1.5 font-medium">{title}</h2>
    {children}
  </section>
);
