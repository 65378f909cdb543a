import { type CategoryWithArticles, ifUnchanged, updateCategory } from '@rubric/client';
import { useQueryClient } from '@tanstack/react-query';
import { toast } from '../design/toast.tsx';
import { Form, useServerForm } from '../forms/use-server-form.tsx';
import { texts } from '../texts/texts.ts';

/** The fields of a category. The button appears with the first change. */
export function CategoryForm({ category, canWrite }: { category: CategoryWithArticles; canWrite: boolean }) {
  const queryClient = useQueryClient();
  const initial = { name: category.name, slug: category.slug, description: category.description ?? '' };
  const form = useServerForm({
    initial,
    submit: async (values) => {
      const description = values.description.trim() === '' ? null : values.description;
      await updateCategory({ ...ifUnchanged(category), body: { ...values, description } });
      toast.done({ title: texts.categories.saved(values.name) });
      await queryClient.invalidateQueries({ queryKey: ['categories'] });
    },
  });
  return (
    <Form form={form} className="grid gap-4 sm:grid-cols-2">
      <div className="empty:hidden sm:col-span-2">
        <form.FormError />
      </div>
      <form.AppField name="name">
        {(field) => <field.Text label={texts.categories.name} readOnly={!canWrite} />}
      </form.AppField>
      <form.AppField name="slug">
        {(field) => <field.Text label={texts.categories.slug} readOnly={!canWrite} spellCheck={false} />}
      </form.AppField>
      <div className="sm:col-span-2">
        <form.AppField name="description">
          {(field) => <field.Area label={texts.categories.description} readOnly={!canWrite} rows={2} />}
        </form.AppField>
      </div>
      <form.Subscribe selector={({ isDefaultValue }) => isDefaultValue}>
        {(isUnchanged) =>
          !isUnchanged && (
            <div className="sm:col-span-2">
              <form.Submit>{texts.categories.save}</form.Submit>
            </div>
          )
        }
      </form.Subscribe>
    </Form>
  );
}
