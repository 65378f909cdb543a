import { createRedirect, deleteRedirect, type Redirect } from '@rubric/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { linkOptions } from '@tanstack/react-router';
import { IconButton } from '../design/button.tsx';
import { TextLink } from '../design/link.tsx';
import { Cell, NameCell, Row } from '../design/table.tsx';
import { Time } from '../design/time.tsx';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';
import { useTargetNames } from './redirects.queries.ts';

const LINKS = {
  article: (id: string) => linkOptions({ to: '/articles/$articleId', params: { articleId: id } }),
  category: (id: string) => linkOptions({ to: '/categories/$id', params: { id } }),
  author: () => linkOptions({ to: '/authors' }),
};

/** A page of redirects. */
export function RedirectRows({ redirects }: { redirects: readonly Redirect[] }) {
  const names = useTargetNames(redirects);
  const remove = useRemove();
  return redirects.map((redirect) => (
    <Row key={redirect.id}>
      <NameCell className="min-w-36 font-mono font-normal wrap-anywhere">{redirect.path}</NameCell>
      <Cell>
        <Target target={redirect.target} names={names} />
      </Cell>
      <Cell className="text-soft max-sm:hidden">
        <Time at={redirect.createdAt} />
      </Cell>
      <Cell className="w-0 py-1 text-right">
        <IconButton
          icon="trash"
          size="sm"
          label={texts.redirects.delete(redirect.path)}
          onClick={() => remove(redirect)}
        />
      </Cell>
    </Row>
  ));
}

function Target({ target, names }: { target: Redirect['target']; names: ReadonlyMap<string, string> }) {
  if (!target) return <span className="text-soft">{texts.redirects.gone}</span>;
  const { type, id } = target;
  return (
    <>
      <span className="mr-2 text-soft">{texts.redirects.types[type]}</span>
      <TextLink {...LINKS[type](String(id))}>{names.get(`${type} ${id}`) ?? texts.redirects.unnamed(id)}</TextLink>
    </>
  );
}

/** Deletes a redirect at once: making it again undoes it. */
function useRemove() {
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: ['redirects'] });
  const restore = useMutation({
    mutationFn: ({ path, target }: Redirect) => createRedirect({ body: { path, target } }),
    onSettled,
    meta: { failure: texts.redirects.restoreFailed },
  });
  const remove = useMutation({
    mutationFn: ({ id }: Redirect) => deleteRedirect({ path: { id } }),
    onSuccess: (_, redirect) =>
      toast.done({ title: texts.redirects.deleted(redirect.path), undo: () => restore.mutate(redirect) }),
    onSettled,
    meta: { failure: texts.redirects.deleteFailed },
  });
  return remove.mutate;
}
