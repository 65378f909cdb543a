import { describe, expect, test } from 'vitest';
import { CONTENT_LINE, readAll, readItems, wxr } from './wxr-files.ts';

/** Returns an export with an item that has this title, on the second line of the content. */
function withTitle(title: Uint8Array | string, declaration?: string): Buffer {
  const [before = '', after = ''] = wxr('\n<item><title><![CDATA[|]]></title></item>', declaration).split('|');
  return Buffer.concat([Buffer.from(before), Buffer.from(title), Buffer.from(after)]);
}

const LINE = CONTENT_LINE + 1;

describe('control characters are removed with a warning', () => {
  test.each([
    ['vertical tab', 'a\u000bb', 'a b', 1],
    ['form feed', 'a\u000cb', 'a b', 1],
    ['unit separator', 'a\u001fb', 'ab', 1],
    ['NUL', 'a\u0000b', 'ab', 1],
    ['several', '\u0001a\u0008\u000e\u001bb\u0002', 'ab', 5],
    ['noncharacter', 'a\ufffeb', 'ab', 1],
  ])('%s', async (_, source, title, count) => {
    const [, item, warning] = await readAll(withTitle(source));
    expect(item).toMatchObject({ title });
    expect(warning).toMatchObject({ kind: 'warning', code: 'control_character', line: LINE, count });
  });

  test('character references to them are removed too', async () => {
    const source = '&#11;a&#x1F;b&#0;c&#xD800;d&#xFFFF;e&#x110000;f&#9999999999;&#9;&#x1F480;';
    const [, item, ...warnings] = await readAll(wxr(`<item>\n<title>${source}</title></item>`));
    expect(item).toMatchObject({ title: 'abc\ufffdd\ufffde\ufffdf\ufffd\t💀' });
    expect(warnings).toMatchObject([{ code: 'forbidden_reference', line: LINE, count: 7 }]);
  });

  test('references to C1 controls are Windows-1252, as in HTML and in CDATA', async () => {
    const [, item, ...warnings] = await readAll(wxr('<item>\n<title>Don&#146;t &#x96; &#128;</title></item>'));
    expect(item).toMatchObject({ title: 'Don’t – €' });
    expect(warnings).toMatchObject([{ code: 'windows_1252_reference', line: LINE, count: 3 }]);
  });

  test('they are removed from attributes, between elements and in skipped elements too', async () => {
    const records = await readAll(
      wxr(
        '\u0007<item>\u0001<category domain="category" nicename="a\u000e&#1;b">N</category>\n<wp:comment>\u0002</wp:comment></item>\n\u0003',
      ),
    );
    expect(records.slice(1)).toMatchObject([
      { kind: 'item', terms: [{ slug: 'ab' }] },
      { code: 'control_character', line: CONTENT_LINE, count: 4 },
      { code: 'forbidden_reference', line: CONTENT_LINE, count: 1 },
      { code: 'control_character', line: CONTENT_LINE + 2, count: 1 },
    ]);
  });

  test('DEL and the C1 controls, which XML allows, are kept', async () => {
    expect(await readAll(withTitle('a\u007f\u0085\u009fb'))).toMatchObject([{}, { title: 'a\u007f\u0085\u009fb' }]);
  });

  test('lines are counted with any line ending', async () => {
    const content = '\r\n\r<item>\r\n\u0001<title>a\r\u0001\nb</title></item>';
    const [, item, warning] = await readAll(wxr(content));
    expect(item).toMatchObject({ line: CONTENT_LINE + 2, title: 'a b' });
    expect(warning).toMatchObject({ line: CONTENT_LINE + 3, count: 2 });
  });

  test('a valid file has no warning', async () => {
    expect(await readAll(withTitle('tab\tand é, 日本, 💀, \ufffd'))).toHaveLength(2);
  });
});

describe('bytes that are not UTF-8 are read as Windows-1252, with a warning', () => {
  test.each([
    ['a lone lead byte', [0x61, 0xc3, 0x62], 'aÃb', 1],
    ['a lone continuation byte', [0x61, 0x80, 0x62], 'a€b', 1],
    ['a truncated character', [0x61, 0xe3, 0x83, 0x62], 'aãƒb', 2],
    ['Latin-1', [0x63, 0x61, 0x66, 0xe9], 'café', 1],
    ['an encoded surrogate', [0xed, 0xa0, 0x80], 'í\u00a0€', 3],
    ['an overlong encoding', [0xc0, 0xaf], 'À¯', 2],
    ['beside a real U+FFFD', [0xef, 0xbf, 0xbd, 0xff, 0xef, 0xbf, 0xbd], '\ufffdÿ\ufffd', 1],
  ])('%s', async (_, bytes, title, count) => {
    const [, item, warning] = await readAll(withTitle(Uint8Array.from(bytes)));
    expect(item).toMatchObject({ title });
    expect(warning).toMatchObject({ code: 'windows_1252', line: LINE, count });
  });

  test('bytes without a character in Windows-1252 become U+FFFD', async () => {
    const [, item, warning] = await readAll(withTitle(Uint8Array.of(0x61, 0x81, 0x9d)));
    expect(item).toMatchObject({ title: 'a\ufffd\ufffd' });
    expect(warning).toMatchObject({ code: 'invalid_encoding', line: LINE, count: 2 });
  });
});

function fileDeclaredAs(encoding: string): string {
  return withTitle('Café “x” 日', `<?xml version="1.0" encoding="${encoding}"?>`).toString();
}

describe('encodings', () => {
  const bigEndian = Buffer.from(`\ufeff${fileDeclaredAs('UTF-16')}`, 'utf16le').swap16();

  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${fileDeclaredAs('UTF-8')}`)],
    ['UTF-8 with several byte order marks and blank lines', Buffer.from(`\ufeff\n\ufeff\n${fileDeclaredAs('UTF-8')}`)],
    ['UTF-8 with a byte order mark, declared as Latin-1', Buffer.from(`\ufeff${fileDeclaredAs('ISO-8859-1')}`)],
    ['UTF-8, declared as UTF-16', Buffer.from(fileDeclaredAs('UTF-16'))],
    ['UTF-8, declared without a name', Buffer.from(fileDeclaredAs(''))],
    ["UTF-8, declared by MySQL's name", Buffer.from(fileDeclaredAs('utf8mb4'))],
    ['UTF-8, declared in lower case without a hyphen', Buffer.from(fileDeclaredAs('utf8'))],
    ['UTF-16LE with a byte order mark', Buffer.from(`\ufeff${fileDeclaredAs('UTF-16')}`, 'utf16le')],
    ['UTF-16LE without a byte order mark', Buffer.from(fileDeclaredAs('UTF-16'), 'utf16le')],
    ['UTF-16BE', bigEndian],
  ])('%s', async (_, bytes) => {
    expect(await readItems(bytes)).toMatchObject([{ title: 'Café “x” 日' }]);
    expect(await readAll(bytes, 1)).toEqual(await readAll(bytes));
  });

  test.each(['ISO-8859-1', 'windows-1252', 'us-ascii'])('%s', async (name) => {
    const declaration = `<?xml version="1.0" encoding='${name}'?>`;
    const bytes = withTitle(Uint8Array.of(0x43, 0x61, 0x66, 0xe9, 0x20, 0x93, 0x78, 0x94), declaration);
    expect(await readItems(bytes)).toMatchObject([{ title: 'Café “x”' }]);
  });

  test('Shift_JIS with an invalid byte', async () => {
    const declaration = '<?xml version="1.0" encoding="Shift_JIS"?>';
    const [, item, warning] = await readAll(withTitle(Uint8Array.of(0x83, 0x65, 0xff), declaration));
    expect(item).toMatchObject({ title: 'テ\ufffd' });
    expect(warning).toMatchObject({ code: 'invalid_encoding', line: LINE, count: 1 });
  });

  test('a byte order mark inside text is kept', async () => {
    expect(await readItems(withTitle('a\ufeffb'))).toMatchObject([{ title: 'a\ufeffb' }]);
  });
});

describe('what plugins print around an export is ignored, with a warning', () => {
  const notice = '<br />\r\n<b>Warning</b>: x & y < z in /a.php on line 3<br />\n';

  test.each([
    ['an XML declaration', ''],
    ['a byte order mark, an XML declaration and a comment', '\ufeff'],
  ])('before %s', async (_, mark) => {
    const file = notice + mark + wxr('<item><title>Café</title></item>').replace('?>', '?>\n<!-- made by hand -->');
    const [site, item, ...warnings] = await readAll(file);
    expect(site).toMatchObject({ line: 6 });
    expect(item).toMatchObject({ title: 'Café', line: CONTENT_LINE + 3 });
    expect(warnings).toMatchObject([{ code: 'text_before_xml', line: 1, count: 1 }]);
    expect(await readAll(file, 1)).toEqual([site, item, ...warnings]);
  });

  test.each([
    ['a notice', notice],
    ['a comment and a notice', `<!-- cached -->\n${notice}`],
    ['text with an element of that name', 'see <rss> in feed.php\n'],
  ])('before <rss>, if the file has no XML declaration: %s', async (_, text) => {
    const exported = wxr('<item><title>Café</title></item>', '').trimStart();
    const [site, item, ...warnings] = await readAll(text + exported);
    const lines = text.split('\n').length - 1;
    expect(site).toMatchObject({ line: 2 + lines });
    expect(item).toMatchObject({ title: 'Café', line: 3 + lines });
    expect(warnings).toMatchObject([{ code: 'text_before_xml', line: 1, count: 1 }]);
    expect(await readAll(text + exported, 1)).toEqual([site, item, ...warnings]);
  });

  test.each([
    ['a stylesheet', '<?xml version="1.0" encoding="ISO-8859-1"?><?xml-stylesheet href="a.xsl"?>\n'],
    ['a document type', '<!DOCTYPE rss [<!ENTITY a "b">]>\n'],
    ['a comment that quotes an export', '<!-- <rss><channel> -->\n'],
  ])('but not what XML allows there: %s', async (_, prolog) => {
    const file = prolog + wxr('<item><title>Café</title></item>', '').trimStart();
    const records = await readAll(Buffer.from(file, prolog.includes('8859') ? 'latin1' : 'utf8'));
    expect(records).toMatchObject([{ kind: 'site' }, { title: 'Café' }]);
  });

  test.each([
    ['a comment, HTML and text', '\n\n<!-- cached -->\n<br /><b>Notice</b>: x'],
    ['unclosed HTML', '<p class=a><b>x</i>'],
    ['text with entities', '\nSalt & Tide &nosuch; < 3'],
    ['an unclosed tag', '\n<script>if (a<b) {'],
    ['CDATA', '<![CDATA[x]]> ]]>'],
  ])('after the end: %s', async (_, text) => {
    const file = wxr('<item><title>x</title></item>') + text;
    const records = await readAll(file);
    expect(records.slice(1)).toMatchObject([
      { title: 'x' },
      { code: 'content_after_end', line: CONTENT_LINE + 1, count: 1 },
    ]);
    expect(await readAll(file, 1)).toEqual(records);
  });

  test('blank lines and comments after the end have no warning', async () => {
    expect(await readAll(`${wxr('')}\n\n<!-- cached -->\n`)).toHaveLength(1);
  });
});

describe('text that XML requires to be escaped is read as text, with a warning', () => {
  test.each([
    ['a bare ampersand', 'Salt & Tide', 'Salt & Tide', 'bare_ampersand', 1],
    ['a bare ampersand before the end', 'AT&', 'AT&', 'bare_ampersand', 1],
    ['bare ampersands between entities', 'a&b &amp; c &; &\nd', 'a&b & c &; & d', 'bare_ampersand', 3],
    ['the end of a CDATA section', 'a]]> b', 'a]]> b', 'stray_cdata_end', 1],
  ])('%s', async (_, source, title, code, count) => {
    const file = wxr(`\n<item><title>${source}</title></item>`);
    const records = await readAll(file);
    expect(records.slice(1)).toMatchObject([{ title }, { code, line: LINE, count }]);
    expect(await readAll(file, 1)).toEqual(records);
  });

  test('a bare ampersand in an attribute', async () => {
    const [, item, warning] = await readAll(wxr('<item><category domain="a&b" nicename="c&amp;d">x</category></item>'));
    expect(item).toMatchObject({ terms: [{ taxonomy: 'a&b', slug: 'c&d' }] });
    expect(warning).toMatchObject({ code: 'bare_ampersand', count: 1 });
  });
});

describe('CDATA sections inside of CDATA sections, as WordPress before 3.1 wrote them', () => {
  const script = (code: string) => `<script>// <![CDATA[\n${code}\n// ]]></script>`;

  test.each([
    ['a script', script('a()')],
    ['two scripts and text', `${script('a()')} b ${script('c()')}<p>]]></p>`],
    ['a start without an end', 'a <![CDATA[ b'],
    ['an end without a start', 'a ]]> b'],
    ['an end at the end', 'a ]]>'],
    ['XML', '<a><![CDATA[b]]></a>'],
    ['what is not a closing tag', '<![CDATA[a]]></content:encodedx>'],
  ])('%s', async (_, content) => {
    const next = '</content:encoded>\n<title><![CDATA[x]]></title></item>';
    const records = await readAll(wxr(`<item>\n<content:encoded><![CDATA[${content}]]>${next}`));
    expect(records[1]).toMatchObject({ content, title: 'x' });
    const warning = { code: 'nested_cdata', line: LINE, count: 1 };
    expect(records.slice(2)).toMatchObject(content.includes(']]>') ? [warning] : []);
  });

  test('sections that are escaped, next to text or empty are XML and stay so', async () => {
    const escaped = '<![CDATA[a]]]]><![CDATA[>b ]]><![CDATA[c]]>';
    const file = wxr(
      `<item><title><![CDATA[]]></title><wp:post_name><![CDATA[d]]>e</wp:post_name><content:encoded>${escaped}</content:encoded></item>`,
    );
    expect((await readAll(file)).slice(1)).toMatchObject([{ title: '', slug: 'de', content: 'a]]>b c' }]);
  });
});
