import { MAX } from '../../../database/schema/field-limits.ts';
import { slugify } from '../../../slugs/slug.ts';
import { abbreviate } from '../report/truncate.ts';
import type { WxrSite } from '../wxr/wxr-records.ts';
import { hasAuthorAddress, nicenameOf, type PlannedAddress, planBaseAddress } from './addresses.ts';
import type { IndexedAuthor } from './author-index.ts';
import { digestParts } from './digest.ts';
import { requiredField } from './field-values.ts';
import { Warnings } from './warnings.ts';

/** The parts of an author, in the order of its digest. */
export const AUTHOR_PARTS = ['name', 'email', 'address'] as const;
export type AuthorPart = (typeof AUTHOR_PARTS)[number];

export interface PlannedAuthor {
  key: string;
  line: number;
  isDeclared: boolean;
  name: string;
  slug: string;
  email: string | null;
  addresses: PlannedAddress[];
  digest: Buffer;
  warnings: Warnings;
}

/** The slug is made from the name, because a login is half of a credential, and often an email address. */
export function planAuthor(author: IndexedAuthor, site: WxrSite): PlannedAuthor {
  const { key, line, isDeclared, login, name, email } = author;
  const warnings = new Warnings();
  if (!isDeclared) warnings.add('used by posts but not declared in the file', abbreviate(name));
  const displayName = requiredField(name, MAX.name, 'name', login, warnings);
  const isValidEmail = /^[^\s@]+@[^\s@]+$/.test(email) && email.length <= MAX.email;
  if (email !== '' && !isValidEmail) warnings.add('the email address is invalid and was left out', abbreviate(email));
  return {
    key,
    line,
    isDeclared,
    name: displayName,
    slug: slugify(displayName, 'author'),
    email: isValidEmail ? email : null,
    addresses: hasAuthorAddress(author) ? [planBaseAddress(site, 'author', [nicenameOf(login)], line)] : [],
    digest: digestParts({ name, email, address: nicenameOf(login) }),
    warnings,
  };
}
