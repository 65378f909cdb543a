import { createRedirect } from '@rubric/client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog, DialogActions } from '../design/dialog.tsx';
import { toast } from '../design/toast.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { ArticlePicker } from '../pickers/article-picker.tsx';
import { AuthorPicker } from '../pickers/author-picker.tsx';
import { CategoryPicker } from '../pickers/category-picker.tsx';
import { texts } from '../texts/texts.ts';

const TYPES = ['article', 'category', 'author', 'gone'] as const;
type TargetType = (typeof TYPES)[number];
const PICKERS = { article: ArticlePicker, category: CategoryPicker, author: AuthorPicker } as const;

/** Leads an address of another system to a row here, or says that it is gone on purpose. */
export function AddRedirect({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const [id, setId] = useState<number>();
  const form = useServerForm<{ path: string; target: TargetType }>({
    initial: { path: '', target: 'article' },
    submit: async ({ path, target }) => {
      const row = target === 'gone' ? null : { type: target, id: id ?? 0 };
      const redirect = await createRedirect({ body: { path, target: row } });
      await queryClient.invalidateQueries({ queryKey: ['redirects'] });
      toast.done({ title: texts.redirects.added(redirect.path) });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={texts.redirects.add} width="md">
      <Form form={form}>
        <form.FormError />
        <form.AppField name="path">
          {(field) => <field.Text label={texts.redirects.path} hint={texts.redirects.pathHint} spellCheck={false} />}
        </form.AppField>
        <form.AppField name="target" listeners={{ onChange: () => setId(undefined) }}>
          {(field) => (
            <field.Select
              label={texts.redirects.leadsTo}
              options={TYPES.map((value) => ({ value, label: texts.redirects.choices[value] }))}
            />
          )}
        </form.AppField>
        <form.Subscribe selector={({ values }) => values.target}>
          {(target) => {
            if (target === 'gone') return null;
            const Picker = PICKERS[target];
            return (
              <div>
                <Picker
                  label={texts.redirects.choices[target]}
                  ids={id === undefined ? [] : [id]}
                  onChange={(ids) => setId(ids.at(-1))}
                />
              </div>
            );
          }}
        </form.Subscribe>
        <DialogActions>
          <Button onClick={onClose}>{texts.design.cancel}</Button>
          <form.Submit>{texts.redirects.addAction}</form.Submit>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
