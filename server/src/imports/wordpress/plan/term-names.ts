import type { TermKind } from '../report/kinds.ts';

interface NamedTerm {
  key: string;
  kind: TermKind;
  slug: string | null;
  name: string;
}

/** The characters that `fold_category_name` of the database removes. The tags of a flag follow U+1F3F4 and stay. */
const INVISIBLE = /(\u{1f3f4}[\u{e0020}-\u{e007f}]+)|(?!\p{White_Space})[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;
const BLANKS = /[\p{White_Space}\u2800]+/gu;

/** Returns the form in which the database compares the names of siblings: those that look the same are equal. */
export function foldName(name: string): string {
  const visible = name.normalize('NFKC').replace(INVISIBLE, '$1').replace(BLANKS, ' ').trim();
  return visible.toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
}

/** Finds the terms that links and parents without a slug mean by a name. */
export class TermNames {
  readonly #withSlug = new Map<string, string>();
  readonly #folded = new Map<string, { key: string; hasSlug: boolean }>();
  readonly #uses = new Map<string, { kind: TermKind; name: string; line: number }>();

  add({ key, kind, slug, name }: NamedTerm): void {
    const exact = `${kind} ${name}`;
    const hasSlug = slug !== null;
    if (hasSlug && !this.#withSlug.has(exact)) this.#withSlug.set(exact, key);
    const folded = `${kind} ${foldName(name)}`;
    const current = this.#folded.get(folded);
    if (!current || (!current.hasSlug && hasSlug)) this.#folded.set(folded, { key, hasSlug });
  }

  /** Returns the first term with a slug and this name, else with a name that looks the same, else the first without a slug. */
  keyOf(kind: TermKind, name: string): string | undefined {
    return this.#withSlug.get(`${kind} ${name}`) ?? this.#folded.get(`${kind} ${foldName(name)}`)?.key;
  }

  /** Records the first link of a post that has only a name. */
  addUse(kind: TermKind, name: string, line: number): void {
    const exact = `${kind} ${name}`;
    if (!this.#uses.has(exact)) this.#uses.set(exact, { kind, name, line });
  }

  uses(): Iterable<{ kind: TermKind; name: string; line: number }> {
    return this.#uses.values();
  }
}
