import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { authors } from './authors.ts';
import { categories } from './categories.ts';
import { parseFrontMatter, parseList } from './front-matter.ts';
import type { DemoArticle, DemoPublication } from './publication.ts';
import { redirects } from './redirects.ts';
import { parseRelativeTime } from './relative-time.ts';
import { workingDrafts } from './working-drafts.ts';

/** `dist` contains no Markdown files, so both the sources and the build read those of the sources. */
const ARTICLES = new URL('../../src/demo/articles/', import.meta.url);

export const PUBLICATION_NAME = 'The Six-Ten';
const DESCRIPTION = 'A magazine of Port Ansel, to be read on the 6:10 ferry. No article outlasts the crossing.';

const FIELDS = ['title', 'excerpt', 'categories', 'authors', 'published'] as const;

/**
 * Reads the publication that `rubric demo` loads.
 *
 * @throws Error that names the file when an article is malformed
 */
export function readPublication(): DemoPublication {
  const files = readdirSync(ARTICLES).filter((file) => file.endsWith('.md'));
  const articles = files.sort().map(readArticle);
  return { name: PUBLICATION_NAME, description: DESCRIPTION, categories, authors, articles, redirects, workingDrafts };
}

/** The name of the file is the slug. */
function readArticle(file: string): DemoArticle {
  const text = readFileSync(new URL(file, ARTICLES), 'utf8');
  try {
    return parseArticle(basename(file, '.md'), text);
  } catch (error) {
    throw new Error(`The demo article ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** @throws Error when the front matter is malformed; `published: never` is a draft */
export function parseArticle(slug: string, text: string): DemoArticle {
  const { fields, body } = parseFrontMatter(text, FIELDS);
  return {
    slug,
    title: fields.title,
    excerpt: fields.excerpt,
    content: body,
    categories: parseList(fields.categories),
    authors: parseList(fields.authors),
    published: fields.published === 'never' ? null : parseRelativeTime(fields.published),
  };
}
