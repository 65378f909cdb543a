import { readFileSync } from 'node:fs';

/** Markup that is inserted without escaping. Only a template creates it. */
class Html {
  constructor(readonly markup: string) {}
  toString = () => this.markup;
}

type Value = string | number | Html | readonly Html[];

/** Reads a file of this folder. Always from `src/`, because the build copies only TypeScript to `dist/`. */
export const readWebFile = (path: string) => readFileSync(new URL(`../../src/web/${path}`, import.meta.url), 'utf8');

/**
 * Reads a template and returns a function that replaces each `{{name}}`. Values are escaped, except the output of another
 * template.
 *
 * @throws Error if a name in the template has no value
 */
export function readTemplate<Name extends string>(file: string): (values: Record<Name, Value>) => Html {
  const template = readWebFile(`templates/${file}`).trimEnd();
  return (values) =>
    new Html(
      template.replace(/\{\{(\w+)\}\}/g, (_, name: Name) => {
        const value = values[name];
        if (value === undefined) throw new Error(`${file} has no value for ${name}.`);
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
