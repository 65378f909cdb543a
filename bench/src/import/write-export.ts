import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { seeded, zipf } from '../random.ts';

const CATEGORIES = 1_000;
const VOCABULARY = 30_000;
const LINKS_PER_POST = 7;
const SENTENCE = 12;
const PARAGRAPH = 60;

/**
 * Writes a WordPress export. Words follow Zipf's law, as those of a language do, and so do the categories of the posts.
 *
 * @param bytes the length of each content
 * @returns the number of links
 */
export async function writeExport(path: string, posts: number, bytes: number): Promise<number> {
  const random = seeded(5);
  const [word, category] = [zipf(VOCABULARY, random), zipf(CATEGORIES, random)];
  let links = 0;

  const contentOf = () => {
    let text = '';
    for (let n = 1; text.length < bytes; n += 1) {
      const end = n % PARAGRAPH === 0 ? '.\n\n' : n % SENTENCE === 0 ? '. ' : ' ';
      text += wordOf(word()) + end;
    }
    return text;
  };
  const post = (id: number) => {
    const categories = new Set<number>();
    while (categories.size < LINKS_PER_POST) categories.add(category());
    links += categories.size;
    const date = new Date(Date.UTC(2006, 0, 1) + id * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    return `<item><title>Post ${id} of ${wordOf(word())}</title><link>https://harbour.example/${date.slice(0, 4)}/post-${id}/</link><dc:creator>ann</dc:creator><wp:post_id>${id}</wp:post_id>
<content:encoded><![CDATA[${contentOf()}]]></content:encoded><excerpt:encoded></excerpt:encoded>
<wp:post_date>${date}</wp:post_date><wp:post_date_gmt>${date}</wp:post_date_gmt><wp:post_modified_gmt>${date}</wp:post_modified_gmt>
<wp:post_name>post-${id}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
${[...categories].map((n) => `<category domain="category" nicename="category-${n}">Category ${n}</category>`).join('')}</item>\n`;
  };
  function* lines() {
    const wp = 'http://wordpress.org/export/1.2/';
    yield `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="${wp}" xmlns:excerpt="${wp}excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbour</title><wp:base_blog_url>https://harbour.example</wp:base_blog_url><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name>Ann</wp:author_display_name></wp:author>\n`;
    for (let n = 1; n <= CATEGORIES; n += 1) {
      yield `<wp:category><wp:category_nicename>category-${n}</wp:category_nicename><wp:cat_name>Category ${n}</wp:cat_name></wp:category>\n`;
    }
    for (let id = 1; id <= posts; id += 1) yield post(id);
    yield '</channel></rss>\n';
  }
  await pipeline(Readable.from(lines()), createWriteStream(path));
  return links;
}

/** The frequent words are short. */
const wordOf = (rank: number) => `${rank.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '')}e`;
