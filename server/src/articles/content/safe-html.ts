import sanitize from 'sanitize-html';

/**
 * The prefix of every id and of every link to one: without it, an element with the id `config` would be `window.config` in
 * the scripts of the page. GitHub uses the same prefix.
 */
const ID_PREFIX = 'user-content-';
/** Browsers stop at 512, and articles nest about 20 levels at most. */
const MAX_DEPTH = 100;
/** The parser takes quadratic time in the depth: 0.1 s for 20,000 nested tags, 14 s for 200,000. */
const MAX_PARSED_DEPTH = 1_000;

const TEXT =
  'a abbr b bdi bdo br cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u';
const BLOCKS =
  'address article aside blockquote center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li' +
  ' main nav ol p pre section summary ul wbr var';
const TABLES = 'caption col colgroup table tbody td tfoot th thead tr';
const MEDIA = 'audio img source track video';
const names = (list: string) => list.split(' ');

const SCHEMES = ['http', 'https'];
/** The allowed tags and attributes; everything else is removed. */
const OPTIONS: sanitize.IOptions = {
  allowedTags: names(`${TEXT} ${BLOCKS} ${TABLES} ${MEDIA}`),
  allowedAttributes: {
    '*': names('id class title lang dir style'),
    a: names('href hreflang rel target'),
    audio: names('src controls loop muted preload'),
    blockquote: ['cite'],
    col: ['span'],
    colgroup: ['span'],
    del: names('cite datetime'),
    details: ['open'],
    img: names('src alt width height loading decoding'),
    ins: names('cite datetime'),
    li: ['value'],
    ol: names('start reversed type'),
    q: ['cite'],
    source: names('src type'),
    td: names('colspan rowspan align valign'),
    th: names('colspan rowspan align valign scope abbr'),
    time: ['datetime'],
    track: names('src kind srclang label default'),
    video: names('src controls loop muted preload poster width height playsinline'),
  },
  // A class of the page's own style sheet could place an element over the page: only those of Markdown and WordPress are
  // kept.
  allowedClasses: { '*': ['language-*', 'footnote*', 'align*', 'wp-*'] },
  allowedSchemes: [...SCHEMES, 'mailto', 'tel'],
  allowedSchemesByTag: { audio: SCHEMES, img: SCHEMES, source: SCHEMES, track: SCHEMES, video: SCHEMES },
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'poster'],
  // Tags whose content must not appear as text.
  nonTextTags: names('script style textarea option noscript iframe title svg math template object'),
  nestingLimit: MAX_DEPTH,
  // Only one CSS property is kept, which needs no CSS parser.
  parseStyleAttributes: false,
  transformTags: { '*': (tagName, attributes) => ({ tagName, attribs: safeAttributes(attributes) }) },
};

/** Returns HTML that cannot run scripts, load a page or style the page around it. */
export const safeHtml = (html: string): string => sanitize(limitDepth(html), OPTIONS);

const ALIGNMENT = /(?:^|;)\s*text-align\s*:\s*(left|right|center|justify|start|end)\s*(?:;|$)/i;
const LINK_TYPES = ['author', 'external', 'license', 'nofollow', 'noopener', 'noreferrer', 'sponsored', 'tag', 'ugc'];

function safeAttributes({ id, href, style, rel, target, ...others }: sanitize.Attributes): sanitize.Attributes {
  const attributes: sanitize.Attributes = others;
  if (id) attributes['id'] = ID_PREFIX + id;
  if (href !== undefined) attributes['href'] = /^#./.test(href) ? `#${ID_PREFIX}${href.slice(1)}` : href;
  const [, alignment] = ALIGNMENT.exec(style ?? '') ?? [];
  if (alignment !== undefined) attributes['style'] = `text-align: ${alignment.toLowerCase()}`;
  const isNewWindow = target === '_blank';
  const types = (rel ?? '').toLowerCase().split(/\s+/);
  const kept = LINK_TYPES.filter((type) => types.includes(type) || (isNewWindow && type === 'noopener'));
  if (kept.length > 0) attributes['rel'] = kept.join(' ');
  if (isNewWindow) attributes['target'] = target;
  return attributes;
}

const TAG = /<(\/?)([a-z][a-z0-9]*)[^<>]*>/gi;
/** Tags that add no depth: they are empty, or the next one of their kind ends them. */
const FLAT = new Set(
  names('br col hr img input link meta source track wbr dd dt li option p rp rt td th tr tbody thead tfoot'),
);

/**
 * Removes tags that are nested too deeply. It need not recognize every tag: a tag that it misses costs only time, because
 * the result is sanitized.
 */
function limitDepth(html: string): string {
  let depth = 0;
  return html.replace(TAG, (tag, slash: string, name: string) => {
    if (FLAT.has(name.toLowerCase())) return tag;
    depth = Math.max(0, depth + (slash === '' ? 1 : -1));
    return depth > MAX_PARSED_DEPTH || (slash !== '' && depth === MAX_PARSED_DEPTH) ? '' : tag;
  });
}
