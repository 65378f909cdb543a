import { type Author, createAuthor, ifUnchanged, updateAuthor } from '@rubric/client';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from '../design/button.tsx';
import { Dialog, DialogActions } from '../design/dialog.tsx';
import { toast } from '../design/toast.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';

/** Makes a byline, or changes one. */
export function AuthorDialog({ author, onClose }: { author?: Author; onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useServerForm({
    initial: { name: author?.name ?? '', slug: author?.slug ?? '', email: author?.email ?? '', bio: author?.bio ?? '' },
    submit: async ({ name, slug, email, bio }) => {
      const body = { name, ...(slug !== '' && { slug }), email: email.trim() || null, bio: bio.trim() ? bio : null };
      const saved = await (author ? updateAuthor({ ...ifUnchanged(author), body }) : createAuthor({ body }));
      await queryClient.invalidateQueries({ queryKey: ['authors'] });
      // Lists show names.
      void queryClient.invalidateQueries({ queryKey: ['articles'] });
      toast.done({ title: author ? texts.authors.saved(saved.name) : texts.authors.added(saved.name) });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={author ? texts.authors.editTitle(author.name) : texts.authors.add}>
      <Form form={form}>
        <form.FormError />
        <form.AppField name="name">
          {(field) => <field.Text label={texts.authors.name} required autoComplete="off" />}
        </form.AppField>
        <form.AppField name="slug">
          {(field) => (
            <field.Text
              label={texts.authors.slug}
              hint={author ? texts.authors.slugChanges : texts.authors.slugHint}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </form.AppField>
        <form.AppField name="email">
          {(field) => (
            <field.Text label={texts.authors.email} hint={texts.authors.emailHint} type="email" autoComplete="off" />
          )}
        </form.AppField>
        <form.AppField name="bio">{(field) => <field.Area label={texts.authors.bio} />}</form.AppField>
        <DialogActions>
          <Button onClick={onClose}>{texts.design.cancel}</Button>
          <form.Submit>{author ? texts.design.save : texts.authors.addAction}</form.Submit>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
