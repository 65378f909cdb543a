/** A text file that begins with fields between two lines `---`. */
export interface Document<Name extends string> {
  fields: Record<Name, string>;
  body: string;
}

/**
 * Splits a Markdown file into its front matter and its body. The front matter is a subset of YAML: one `name: value` per
 * line. A value in double quotes is a JSON string, which YAML requires where the text contains a colon and a space.
 *
 * @param names the fields that the front matter must have; others are refused
 * @throws Error when the front matter is missing or malformed
 */
export function parseFrontMatter<Name extends string>(text: string, names: readonly Name[]): Document<Name> {
  const [, head, body] = /^---\n([^]*?)\n---\n([^]*)$/.exec(text) ?? [];
  if (head === undefined || body === undefined)
    throw new Error('it does not begin with fields between two lines "---".');
  const fields = parseFields(head, names);
  const missing = names.find((name) => fields[name] === undefined);
  if (missing !== undefined) throw new Error(`the field "${missing}" is missing.`);
  return { fields: fields as Record<Name, string>, body: body.trim() };
}

function parseFields<Name extends string>(head: string, names: readonly Name[]): Partial<Record<Name, string>> {
  const fields: Partial<Record<Name, string>> = {};
  for (const line of head.split('\n')) {
    const [, key, value] = /^(\w+): (.*\S)$/.exec(line) ?? [];
    if (value === undefined) throw new Error(`"${line}" is not of the form "name: value".`);
    const name = names.find((each) => each === key);
    if (name === undefined) throw new Error(`the field "${key}" is not one of ${names.join(', ')}.`);
    if (fields[name] !== undefined) throw new Error(`the field "${name}" occurs twice.`);
    fields[name] = value.startsWith('"') ? parseString(value) : value;
  }
  return fields;
}

function parseString(value: string): string {
  try {
    return String(JSON.parse(value));
  } catch {
    throw new Error(`${value} is not a string in double quotes.`);
  }
}

/**
 * Parses `[one, two]`.
 *
 * @throws Error when the value has another form
 */
export function parseList(value: string): string[] {
  if (!/^\[([\w-]+(, [\w-]+)*)?\]$/.test(value)) throw new Error(`"${value}" is not a list like "[one, two]".`);
  return value.match(/[\w-]+/g) ?? [];
}
