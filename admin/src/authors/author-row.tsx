import type { Author } from '@rubric/client';
import { useState } from 'react';
import { IconButton } from '../design/button.tsx';
import { TextLink } from '../design/link.tsx';
import { Menu, MenuItem, MenuLine } from '../design/menu.tsx';
import { Cell, NameCell, Row } from '../design/table.tsx';
import { texts } from '../texts/texts.ts';
import { AuthorDialog } from './author-dialog.tsx';
import { DeleteAuthor } from './delete-author.tsx';

/** One byline. Its name leads to its articles. */
export function AuthorRow({ author, canWrite }: { author: Author; canWrite: boolean }) {
  const [open, setOpen] = useState<'edit' | 'delete'>();
  const close = () => setOpen(undefined);
  return (
    <Row>
      <NameCell className="min-w-40 wrap-anywhere md:min-w-60">
        <TextLink to="/articles" search={{ author: author.id }}>
          {author.name}
        </TextLink>
        {author.email && <span className="block font-normal text-soft">{author.email}</span>}
      </NameCell>
      <Cell className="min-w-40 text-soft wrap-anywhere max-sm:hidden">{author.slug}</Cell>
      <Cell className="min-w-48 text-soft max-md:hidden">
        <span className="line-clamp-2 max-w-prose">{author.bio}</span>
      </Cell>
      <Cell className="w-0 py-1 text-right">
        {canWrite && (
          <Menu trigger={<IconButton icon="more" label={texts.authors.actionsOf(author.name)} />}>
            <MenuItem icon="author" onSelect={() => setOpen('edit')}>
              {texts.authors.edit}
            </MenuItem>
            <MenuLine />
            <MenuItem icon="trash" danger onSelect={() => setOpen('delete')}>
              {texts.authors.delete}
            </MenuItem>
          </Menu>
        )}
        {open === 'edit' && <AuthorDialog author={author} onClose={close} />}
        {open === 'delete' && <DeleteAuthor author={author} onClose={close} />}
      </Cell>
    </Row>
  );
}
