const ID_OR_SLUG = /^(\d{1,19}|[a-z0-9-]{1,200})$/;

/**
 * The path of a request as the log may keep it: ids and slugs where the route has such, and of all else the parameter's
 * name, since a path may hold a secret.
 *
 * @param route the pattern, `/articles/:id`; undefined where no route fits
 */
export function redactPath(route: string | undefined, parameters: unknown): string {
  const given = (parameters ?? {}) as Record<string, string>;
  return (route ?? '*').replace(/:(\w+)/g, (whole, name: string) => {
    const value = given[name] ?? '';
    const shown = name === 'idOrSlug' ? ID_OR_SLUG.test(value) : /^\d{1,19}$/.test(value);
    return shown ? value : whole;
  });
}
