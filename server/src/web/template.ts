/** Markup that is inserted without escaping. Only a template creates it. */
class Html {
  constructor(readonly markup: string) {}
  toString = () => this.markup;
}

type Value = string | number | Html | readonly Html[];

/**
 * Returns a function that fills in each `{{name}}` of a template. Values are escaped, except the output of another
 * template.
 *
 * @throws Error if a name in the template has no value
 */
export function compileTemplate<Name extends string>(template: string): (values: Record<Name, Value>) => Html {
  return (values) =>
    new Html(
      template.trimEnd().replace(/\{\{(\w+)\}\}/g, (_, name: Name) => {
        const value = values[name];
        if (value === undefined) throw new Error(`The template has no value for ${name}.`);
        return toMarkup(value);
      }),
    );
}

function toMarkup(value: Value): string {
  if (value instanceof Html) return value.markup;
  if (typeof value === 'object') return value.map(({ markup }) => markup).join('\n');
  return escapeHtml(String(value));
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
