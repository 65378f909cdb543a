import { MAX_PASSWORD, MIN_PASSWORD } from '../auth/passwords/password.schema.ts';
import { PROBLEMS, Problem, type ProblemCode, problemBody } from '../http/problems.ts';
import { readTemplate } from './template.ts';

export interface HomeLink {
  name: string;
  path: string;
  description: string;
}

const layout = readTemplate<'title' | 'body'>('layout.html');
const home = readTemplate<'name' | 'description' | 'links'>('home.html');
const homeLink = readTemplate<'path' | 'description'>('home-link.html');
const problem = readTemplate<'title' | 'status' | 'code' | 'meaning' | 'example'>('problem.html');
const problems = readTemplate<'problems'>('problems.html');
const problemLink = readTemplate<'status' | 'code' | 'meaning'>('problem-link.html');
const acceptInvitation = readTemplate<'passwordFields'>('accept-invitation.html');
const newPassword = readTemplate<'passwordFields'>('new-password.html');
const passwordFields = readTemplate<'minLength' | 'maxLength' | 'maxUtf16Length'>('password-fields.html')({
  minLength: MIN_PASSWORD,
  maxLength: MAX_PASSWORD,
  // Browsers count UTF-16 code units; a character has at most two.
  maxUtf16Length: 2 * MAX_PASSWORD,
});

/** The start page for browsers. */
export const homePage = (name: string, description: string, links: readonly HomeLink[]) =>
  String(layout({ title: name, body: home({ name, description, links: links.map(homeLink) }) }));

/** The page of one problem, at the path in its `type`. */
export function problemPage(code: ProblemCode) {
  const example = JSON.stringify(problemBody(new Problem(code), '/articles/1'), null, 2);
  return String(layout({ title: PROBLEMS[code].title, body: problem({ ...PROBLEMS[code], code, example }) }));
}

/** The list of all problems. */
export function problemsPage() {
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  const links = codes.map((code) => problemLink({ ...PROBLEMS[code], code }));
  return String(layout({ title: 'Problems', body: problems({ problems: links }) }));
}

/** The form that an invitation links to. `form-script.js` sends it with the token from the link. */
export const acceptInvitationPage = () =>
  String(layout({ title: 'Welcome', body: acceptInvitation({ passwordFields }) }));

/** The form that a password reset links to. `form-script.js` sends it with the token from the link. */
export const newPasswordPage = () => String(layout({ title: 'New password', body: newPassword({ passwordFields }) }));
