import type { Author } from '@rubric/client';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useScope } from '../api/account.ts';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { HeadCell, Table, TableHead } from '../design/table.tsx';
import { texts } from '../texts/texts.ts';
import { AuthorDialog } from './author-dialog.tsx';
import { AuthorRow } from './author-row.tsx';
import { authorsQuery } from './authors.queries.ts';

/** So many need no search. */
const FEW = 12;

/** The bylines. */
export function AuthorsScreen() {
  const { data: authors } = useSuspenseQuery(authorsQuery);
  const canWrite = useScope('authors.write') !== undefined;
  const [isAdding, setAdding] = useState(false);
  const [words, setWords] = useState('');
  const found = authors.filter((author) => matches(author, words));
  return (
    <Page
      title={texts.screens.authors}
      lead={texts.authors.lead(authors.length)}
      actions={
        canWrite && (
          <Button look="primary" icon="add" onClick={() => setAdding(true)}>
            {texts.authors.add}
          </Button>
        )
      }
    >
      {authors.length > FEW && (
        <div className="mb-3 max-w-80">
          <TextField
            type="search"
            label={texts.authors.search}
            labelHidden
            placeholder={texts.authors.search}
            value={words}
            onChange={setWords}
          />
          <p role="status" className="sr-only">
            {words && texts.authors.found(found.length)}
          </p>
        </div>
      )}
      {found.length > 0 && (
        <Table label={texts.screens.authors}>
          <TableHead>
            <HeadCell>{texts.authors.name}</HeadCell>
            <HeadCell className="max-sm:hidden">{texts.authors.slug}</HeadCell>
            <HeadCell className="max-md:hidden">{texts.authors.bio}</HeadCell>
            <HeadCell>
              <span className="sr-only">{texts.design.actions}</span>
            </HeadCell>
          </TableHead>
          <tbody>
            {found.map((author) => (
              <AuthorRow key={author.id} author={author} canWrite={canWrite} />
            ))}
          </tbody>
        </Table>
      )}
      {authors.length === 0 && <EmptyState title={texts.authors.none}>{texts.authors.noneHint}</EmptyState>}
      {authors.length > 0 && found.length === 0 && <EmptyState title={texts.authors.noMatch} />}
      {isAdding && <AuthorDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

const matches = ({ name, slug }: Author, words: string) =>
  `${name} ${slug}`.toLocaleLowerCase().includes(words.trim().toLocaleLowerCase());
