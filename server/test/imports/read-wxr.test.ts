import { describe, expect, test } from 'vitest';
import type { WxrItem } from '../../src/imports/wordpress/wxr/wxr-records.ts';
import { CONTENT_LINE, fixture, readAll, readItems, wxr } from './wxr-files.ts';

const HARBOUR_ITEM: WxrItem = {
  kind: 'item',
  line: 23,
  postType: 'post',
  id: 7,
  guid: 'http://tide.example/log/?p=7',
  link: 'http://tide.example/log/knots',
  title: 'Knots & bends: what &amp; means',
  slug: 'knots',
  status: 'publish',
  trashedFrom: null,
  content: 'A bowline &amp; a hitch.\n\nSecond paragraph.',
  excerpt: '',
  creator: 'Ida Wren',
  publishedAt: new Date('2009-11-02T21:15:00Z'),
  createdAt: new Date('2009-11-02T21:15:00Z'),
  modifiedAt: null,
  terms: [
    { line: 31, taxonomy: 'category', slug: 'boats', name: 'Boats & Ships' },
    { line: 35, taxonomy: 'post_tag', slug: 'rope', name: 'Rope' },
    { line: 37, taxonomy: 'category', slug: null, name: 'Only a name' },
  ],
  isSticky: true,
  menuOrder: '',
  password: '',
  commentCount: 1,
  attachmentUrl: '',
  customFields: [{ key: '_edit_last', value: null }],
};

test('WXR 1.0: redundant terms are dropped, parents are names, and text is decoded once', async () => {
  const category = { kind: 'category', taxonomy: 'category', id: '', parent: null, description: '', metaKeys: [] };
  expect(await readAll(await fixture('wxr-1.0'))).toEqual([
    { kind: 'site', line: 10, url: 'http://tide.example/log', title: 'Salt & Tide', version: '1.0' },
    { ...category, line: 19, slug: 'boats', name: 'Boats & Ships' },
    {
      ...category,
      line: 20,
      slug: 'dinghies',
      name: 'Dinghies',
      parent: 'Boats & Ships',
      description: 'Small ones.',
    },
    { ...category, kind: 'tag', line: 21, taxonomy: 'post_tag', slug: 'rope', name: 'Rope' },
    HARBOUR_ITEM,
  ]);
});

describe('a file with other prefixes, https, a misleading namespace and split CDATA', () => {
  test('is read by namespace, in file order', async () => {
    const records = await readAll(await fixture('other-prefixes'));
    expect(records.map(({ kind, line }) => `${line} ${kind}`)).toEqual([
      '8 site',
      '14 author',
      '15 author',
      '17 category',
      '27 item',
      '53 category',
      '54 tag',
      '55 term',
    ]);
    expect(records[0]).toMatchObject({ url: 'http://night.example', title: 'Night & Day', version: '1.2' });
    expect(records[1]).toMatchObject({ login: 'ada', name: 'Ada "Countess" L', email: 'ada@night.example' });
    expect(records[2]).toMatchObject({ login: 'nameless', name: 'nameless' });
    expect(records[3]).toMatchObject({ slug: 'テスト', name: 'テスト <b> ]]> x', parent: 'later' });
    expect(records[3]).toMatchObject({ description: 'One line, and another' });
    expect(records[5]).toMatchObject({ slug: 'later', parent: 'missing' });
    expect(records[6]).toMatchObject({ taxonomy: 'post_tag', slug: 'quiet', name: '', parent: null });
    expect(records[7]).toMatchObject({ taxonomy: 'nav_menu', slug: 'top', name: 'Top menu' });
  });

  test('has a complete item', async () => {
    const [item] = await readItems(await fixture('other-prefixes'));
    expect(item).toMatchObject({
      id: 42,
      title: 'Emoji 💀, a real \ufffd and ]]>',
      slug: 'café-%e3%83%zz-100%',
      status: 'private',
      content: '<p>1 &lt; 2 &amp;&amp; ]]> &amp;amp; &nbsp; &#11;</p>',
      excerpt: '<em>Escaped</em> &amp; whole',
      creator: 'ada',
      publishedAt: new Date('2021-03-28T00:30:00Z'),
      modifiedAt: new Date('2021-03-28T01:30:00Z'),
      password: 's3cret',
    });
    expect(item?.terms.map(({ taxonomy, slug, name }) => [taxonomy, slug, name])).toEqual([
      ['category', 'テスト', 'テスト'],
      ['post_tag', 'never-defined', 'Never … defined'],
      ['category', 'later', 'later'],
      ['author', 'cap-ada', 'ada'],
      ['category', 'later', 'Later'],
    ]);
  });
});

test('undeclared prefixes have their conventional namespace, and HTML entities are decoded', async () => {
  const [site, item, ...warnings] = await readAll(await fixture('unbound-prefixes'));
  expect(site).toMatchObject({ kind: 'site', version: '' });
  expect(item).toMatchObject({ title: 'Rock \u00a0été', creator: 'kim', content: 'Text', excerpt: 'Short', id: 1 });
  expect(item).toMatchObject({ terms: [{ slug: 'one', name: 'One' }], publishedAt: null });
  expect(warnings).toMatchObject([
    { code: 'html_entity', line: 5, count: 3 },
    { code: 'unreadable_date', line: 4, count: 1 },
  ]);
});

describe('entities are decoded exactly once', () => {
  test.each([
    ['A &amp; B', 'A & B'],
    ['A &amp;amp; B', 'A &amp; B'],
    ['<![CDATA[A & B]]>', 'A & B'],
    ['<![CDATA[A &amp; B]]>', 'A & B'],
    ['<![CDATA[A &amp;amp; B]]>', 'A &amp; B'],
    ['<![CDATA[A &am]]><![CDATA[p; B]]>', 'A & B'],
    ['<![CDATA[A &am]]>p; B', 'A &amp; B'],
    ['&#38;lt; &#x26;lt;', '&lt; &lt;'],
    ['<![CDATA[&#8217; &#x2019; &rsquo; &hellip;]]>', '’ ’ ’ …'],
    ['<![CDATA[&#150; &#0; &#x110000; &#xD800; &#11;| &unknown; &amp &#; &]]>', '– � � � | &unknown; &amp &#; &'],
    ['<![CDATA[<em>With</em> markup]]>', '<em>With</em> markup'],
    ['\n\u3000\u00a0<![CDATA[indented\ufeff ]]>', '\u3000\u00a0indented\ufeff'],
    ['<![CDATA[\u3000a\n b\u00a0 ]]>', '\u3000a b\u00a0'],
    ['stray <b>markup</b> stays', 'stray markup stays'],
  ])('in a title: %s', async (source, title) => {
    const [item] = await readItems(wxr(`<item><title>${source}</title></item>`));
    expect(item?.title).toBe(title);
  });

  test('tags that are not escaped are left out with a warning, and their text stays', async () => {
    const content =
      '<content:encoded>\n<p>One <b>two</b></p></content:encoded><wp:comment><wp:x><y/></wp:x></wp:comment>';
    const [, item, ...warnings] = await readAll(wxr(`<item>${content}</item>`));
    expect(item).toMatchObject({ content: '\nOne two' });
    expect(warnings).toMatchObject([{ code: 'unescaped_markup', line: CONTENT_LINE + 1, count: 2 }]);
  });

  test('content and excerpt stay HTML, as CDATA or as text', async () => {
    const html = '<content:encoded><![CDATA[&amp;amp; é]]></content:encoded>';
    const text = '<excerpt:encoded>&lt;p&gt;&amp;amp; é&lt;/p&gt;</excerpt:encoded>';
    const [item] = await readItems(wxr(`<item>${html}${text}</item>`));
    expect(item).toMatchObject({ content: '&amp;amp; é', excerpt: '<p>&amp; é</p>' });
  });

  test('in names of categories, tags, terms and authors', async () => {
    const name = '<![CDATA[R&amp;D &quot;x&quot;]]>';
    const records = await readAll(
      wxr(`<wp:category><wp:cat_name>${name}</wp:cat_name></wp:category><wp:tag><wp:tag_name>${name}</wp:tag_name></wp:tag>
<wp:term><wp:term_name>${name}</wp:term_name></wp:term><wp:author><wp:author_display_name>${name}</wp:author_display_name></wp:author>
<item><category domain="category" nicename="rd">${name}</category></item>`),
    );
    expect(records.slice(1, 4)).toMatchObject([{ name: 'R&D "x"' }, { name: 'R&D "x"' }, { name: 'R&D "x"' }]);
    expect(records[4]).toMatchObject({ name: 'R&D "x"' });
    expect(records[5]).toMatchObject({ terms: [{ name: 'R&D "x"', line: CONTENT_LINE + 2 }] });
  });
});

test.each([
  ['wp:author', '<wp:author_first_name>Ida</wp:author_first_name><wp:author_last_name>Wren</wp:author_last_name>'],
  ['wp:wp_author', '<wp:author_display_name>Ida Wren</wp:author_display_name>'],
])('an author in %s', async (element, name) => {
  const [, author] = await readAll(wxr(`<${element}><wp:author_login>ida</wp:author_login>${name}</${element}>`));
  expect(author).toMatchObject({ kind: 'author', login: 'ida', name: 'Ida Wren' });
});

test('the status, type and taxonomies of a post are compared without case, as in WordPress', async () => {
  const fields = '<wp:status>Publish</wp:status><wp:post_type>Post</wp:post_type>';
  const [item] = await readItems(wxr(`<item>${fields}<category domain="Post_Tag" nicename="x">X</category></item>`));
  expect(item).toMatchObject({ status: 'publish', postType: 'post', terms: [{ taxonomy: 'post_tag' }] });
});

test('absent fields of an item have the defaults of WordPress', async () => {
  const [item] = await readItems(wxr('<item></item>'));
  expect(item).toMatchObject({ postType: 'post', status: 'draft', id: null, slug: null, title: '', terms: [] });
});

test('comments and metadata are only counted', async () => {
  const [item] = await readItems(
    wxr(`<item><title>Mine</title><wp:comment><title>Its</title><wp:comment_content>x<a><b/></a></wp:comment_content>
</wp:comment><wp:comment/><wp:postmeta><wp:meta_key>k<i>i</i></wp:meta_key><wp:meta_value><title>Its</title></wp:meta_value>
</wp:postmeta><wp:post_type>page</wp:post_type></item>`),
  );
  expect(item).toMatchObject({
    title: 'Mine',
    commentCount: 2,
    customFields: [{ key: 'ki', value: null }],
    postType: 'page',
  });
});

test('metadata of terms is read by key', async () => {
  const meta = (key: string) =>
    `<wp:termmeta><wp:meta_key><![CDATA[${key}]]></wp:meta_key><wp:meta_value>x<b/></wp:meta_value></wp:termmeta>`;
  const [, ...terms] = await readAll(
    wxr(`<wp:category><wp:cat_name>Boats</wp:cat_name>${meta('color')}${meta('icon')}</wp:category>
<wp:tag>${meta('order')}<wp:tag_slug>rope</wp:tag_slug></wp:tag>`),
  );
  expect(terms).toMatchObject([
    { kind: 'category', name: 'Boats', metaKeys: ['color', 'icon'] },
    { kind: 'tag', slug: 'rope', metaKeys: ['order'] },
  ]);
});

test('an unknown version 1.x is read with a warning', async () => {
  const file = wxr('').replace('<wp:wxr_version>1.2<', '<wp:wxr_version>1.9<');
  expect(await readAll(file)).toMatchObject([{ kind: 'site', version: '1.9' }, { code: 'unknown_version' }]);
});

test('long names are read completely', async () => {
  const name = 'A category with a rather long name '.repeat(40).trim();
  const [, record] = await readAll(wxr(`<wp:category><wp:cat_name><![CDATA[${name}]]></wp:cat_name></wp:category>`));
  expect(record).toMatchObject({ name });
});
