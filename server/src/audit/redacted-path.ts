const ID_OR_SLUG = /^(\d{1,19}|[a-z0-9-]{1,200})$/;

/**
 * Returns the path of a request for the audit log. Parameters that are ids or slugs keep their value. All others are
 * replaced by their name, because a path can contain a secret.
 *
 * @param route the pattern, such as `/articles/:id`; undefined if no route matched
 */
export function redactPath(route: string | undefined, parameters: unknown): string {
  const values = (parameters ?? {}) as Record<string, string>;
  return (route ?? '*').replace(/:(\w+)/g, (placeholder, name: string) => {
    const value = values[name] ?? '';
    const isHarmless = name === 'idOrSlug' ? ID_OR_SLUG.test(value) : /^\d{1,19}$/.test(value);
    return isHarmless ? value : placeholder;
  });
}
