import { createCategory } from '@rubric/client';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from '../design/button.tsx';
import { Dialog, DialogActions } from '../design/dialog.tsx';
import { toast } from '../design/toast.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';
import { treeQuery } from './categories.queries.ts';
import { nodeOf, ROOT } from './category-tree.ts';

interface AddCategoryProps {
  /** Absent: at the top of the tree. */
  parent: { id: number; name: string } | undefined;
  onClose: () => void;
}

/** Makes a category, the last among its siblings, and goes there. */
export function AddCategory({ parent, onClose }: AddCategoryProps) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const form = useServerForm({
    initial: { name: '' },
    submit: async ({ name }) => {
      const tree = await queryClient.ensureQueryData(treeQuery);
      const siblings = nodeOf(tree, parent ? String(parent.id) : ROOT).children;
      // Siblings with the same position are in the order of their ids, and the newest has the highest.
      const position = Math.max(0, ...siblings.map((id) => nodeOf(tree, id).position));
      const { id } = await createCategory({ body: { name, parentId: parent?.id ?? null, position } });
      await queryClient.invalidateQueries({ queryKey: ['categories'] });
      toast.done({ title: texts.categories.added(name) });
      onClose();
      await navigate({ to: '/categories/$id', params: { id: String(id) }, resetScroll: false });
    },
  });
  return (
    <Dialog open onClose={onClose} title={parent ? texts.categories.addBelowTitle(parent.name) : texts.categories.add}>
      <Form form={form}>
        <form.FormError />
        <form.AppField name="name">
          {(field) => <field.Text label={texts.categories.name} autoComplete="off" />}
        </form.AppField>
        <DialogActions>
          <Button onClick={onClose}>{texts.design.cancel}</Button>
          <form.Submit>{texts.categories.addAction}</form.Submit>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
