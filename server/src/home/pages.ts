import { PROBLEMS, type ProblemCode } from '../http/problems.ts';

const page = (title: string, body: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
  body { font: 17px/1.6 system-ui, sans-serif; max-width: 42rem; margin: 12vh auto; padding: 0 1.25rem; color: #1d2430; background: #fdfcf9 }
  h1 { font: 600 2rem/1.2 Georgia, serif; margin: 0 0 .5rem } code { font-size: .9em; background: #f0ede4; padding: .1em .3em; border-radius: 3px }
  a { color: #9c2a1d } dt { margin-top: 1rem } dd { margin: 0; color: #4a5263 } p.status { color: #6b7280; margin: 0 }
  @media (prefers-color-scheme: dark) { body { color: #e6e3da; background: #16181d } code { background: #262a33 } a { color: #f0907f } dd { color: #a8adba } }
</style>
<body>${body}
</html>
`;

/** What runs here and where to go. */
export const homePage = ({ name, description, links }: { name: string; description: string; links: Record<string, string> }) =>
  page(
    name,
    `<h1>${name}</h1><p>${description}</p><ul>${Object.entries(links)
      .map(([what, path]) => `<li><a href="${path}">${what}</a></li>`)
      .join('')}</ul>`,
  );

const meaning = (code: ProblemCode) =>
  `<p class="status">${PROBLEMS[code].status} <code>${code}</code></p><p>${PROBLEMS[code].meaning}</p>`;

/** What one problem means: the page that its `type` points to. */
export const problemPage = (code: ProblemCode) =>
  page(PROBLEMS[code].title, `<h1>${PROBLEMS[code].title}</h1>${meaning(code)}<p><a href="/problems">All problems</a></p>`);

/** All problems that Rubric answers with. */
export const problemsPage = () =>
  page(
    'Problems',
    `<h1>Problems</h1><p>Every answer that is not a success is an RFC 9457 problem with one of these codes.</p><dl>${(
      Object.keys(PROBLEMS) as ProblemCode[]
    )
      .map((code) => `<dt>${PROBLEMS[code].status} <a href="/problems/${code}"><code>${code}</code></a></dt><dd>${PROBLEMS[code].meaning}</dd>`)
      .join('')}</dl>`,
  );
