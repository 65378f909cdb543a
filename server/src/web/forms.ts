import { MAX_PASSWORD, MIN_PASSWORD } from '../auth/passwords/password.schema.ts';
import { page } from './pages.ts';

const STYLE = `<style>
  form { display: grid; gap: 1.1rem; max-width: 26rem }
  label { display: grid; gap: .3rem }
  small { color: var(--quiet) }
  input { font: inherit; color: inherit; background: var(--shade); border: 1px solid var(--line); border-radius: 6px; padding: .55rem .7rem }
  input:focus-visible, button:focus-visible { outline: 2px solid var(--red); outline-offset: 1px }
  button { font: inherit; justify-self: start; color: var(--paper); background: var(--red); border: 0; border-radius: 6px; padding: .6rem 1.3rem; cursor: pointer }
  button:disabled { opacity: .5; cursor: default }
  [role=status] { margin: 0; min-height: 1.6em }
  [role=status].bad { color: var(--red) }
</style>
<script src="/form-script.js" defer></script>`;

interface Form {
  title: string;
  about: string;
  /** Where the script sends what was typed, as JSON, with the token from behind the `#` of the link. */
  call: string;
  fields: string;
  button: string;
  done: string;
}

/** The script takes the rest from here; without it, or without a token, the page says what is wrong. */
const form = ({ title, about, call, fields, button, done }: Form) =>
  page(
    title,
    `<h1>${title}</h1><p>${about}</p>
<form data-call="${call}" data-done="${done}">
${fields}
<button disabled>${button}</button>
<p role="status">This page needs JavaScript.</p>
</form>`,
    STYLE,
  );

const password = `<label>Password
<input name="password" type="password" autocomplete="new-password" minlength="${MIN_PASSWORD}" maxlength="${2 * MAX_PASSWORD}" required aria-describedby="length">
<small id="length">${MIN_PASSWORD} to ${MAX_PASSWORD} characters. A sentence is good; spaces are welcome.</small></label>
<label>The same once more
<input name="again" type="password" autocomplete="new-password" required></label>`;

export const acceptInvitationPage = () =>
  form({
    title: 'Welcome',
    about: 'You are invited. Choose your name and a password.',
    call: '/invitations/accept',
    fields: `<label>Name
<input name="name" autocomplete="name" maxlength="200" required autofocus></label>
${password}`,
    button: 'Make my account',
    done: 'Your account is there. Sign in with your e-mail address and this password.',
  });

export const newPasswordPage = () =>
  form({
    title: 'A new password',
    about: 'It takes the place of the old one, and ends all sessions.',
    call: '/passwords/reset',
    fields: password,
    button: 'Set the password',
    done: 'The new password is set. Sign in with it.',
  });
