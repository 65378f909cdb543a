import { PROBLEMS, Problem, type ProblemCode, problemBody } from '../http/problems.ts';

export interface Home {
  name: string;
  description: string;
  /** A path for each name, and what is there. */
  links: readonly { name: string; path: string; about: string }[];
}

const STYLE = `
  :root { color-scheme: light dark; --ink: #1d2430; --quiet: #5b6472; --paper: #fdfcf9; --line: #e5e0d3; --shade: #f4f1e9; --red: #9c2a1d }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e6e3da; --quiet: #a3a9b8; --paper: #16181d; --line: #333845; --shade: #1f232b; --red: #f0907f }
  }
  body { font: 17px/1.6 system-ui, sans-serif; max-width: 44rem; margin: 10vh auto; padding: 0 1.25rem; color: var(--ink); background: var(--paper) }
  h1 { font: 600 2.4rem/1.2 Georgia, serif; margin: 0 }
  h1 + p { color: var(--quiet); font-size: 1.15rem; margin: .4rem 0 2.5rem }
  a { color: var(--red); text-decoration-thickness: 1px; text-underline-offset: .35em }
  code, pre { font: .88em/1.6 ui-monospace, monospace }
  pre { background: var(--shade); border-radius: 6px; padding: 1rem 1.2rem; white-space: pre-wrap }
  dl { border-top: 1px solid var(--line) }
  dl div { display: grid; grid-template-columns: 15rem 1fr; gap: 0 1.5rem; padding: .55rem 0; border-bottom: 1px solid var(--line) }
  dd { margin: 0; color: var(--quiet) }
  nav { margin-top: 2.5rem } nav a { margin-right: 1.5rem }
  @media (max-width: 40rem) { dl div { grid-template-columns: 1fr } }
`;

/** @param head goes below the title */
export const page = (title: string, body: string, head = '') => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${STYLE}</style>${head}
</head>
<body>
${body}
</body>
</html>
`;

const terms = (rows: (readonly [term: string, meaning: string])[]) =>
  `<dl>${rows.map(([term, meaning]) => `<div><dt>${term}</dt><dd>${meaning}</dd></div>`).join('\n')}</dl>`;

/** What runs here and where to go. */
export const homePage = ({ name, description, links }: Home) =>
  page(
    name,
    `<h1>${name}</h1><p>${description}</p>
${terms(links.map(({ path, about }) => [`<a href="${path}"><code>${path}</code></a>`, about]))}`,
  );

/** What one problem means: the page that its `type` points to. */
export function problemPage(code: ProblemCode) {
  const { status, title, meaning } = PROBLEMS[code];
  const example = JSON.stringify(problemBody(new Problem(code), '/articles/1'), null, 2);
  return page(
    title,
    `<h1>${title}</h1><p>${status} <code>${code}</code></p>
<p>${meaning}</p>
<pre>${example}</pre>
<nav><a href="/problems">All problems</a><a href="/docs">Documentation</a></nav>`,
  );
}

/** All problems that Rubric answers with. */
export const problemsPage = () =>
  page(
    'Problems',
    `<h1>Problems</h1><p>Every answer that is not a success is an RFC 9457 problem with one of these codes.</p>
${terms(
  (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => [
    `${PROBLEMS[code].status} <a href="/problems/${code}"><code>${code}</code></a>`,
    PROBLEMS[code].meaning,
  ]),
)}
<nav><a href="/">Home</a><a href="/docs">Documentation</a></nav>`,
  );
