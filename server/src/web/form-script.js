// For the pages of forms.ts. The token of the link is in its fragment, which no server ever sees; it is taken out of the
// address bar at once, so that nobody reads it over a shoulder or in the history.
const form = document.querySelector('form');
const status = form.querySelector('[role=status]');
const button = form.querySelector('button');
const token = new URLSearchParams(location.hash.slice(1)).get('token');
history.replaceState(null, '', location.pathname);

const say = (text, bad) => {
  status.textContent = text;
  status.className = bad ? 'bad' : '';
};

const whatIsWrong = async (response) => {
  const problem = await response.json().catch(() => ({}));
  if (problem.code === 'link_expired') return 'The link is no longer good. Ask for another one.';
  return problem.detail ?? `The server answered ${response.status}.`;
};

const send = async () => {
  const { again, ...fields } = Object.fromEntries(new FormData(form));
  if (fields.password !== again) return say('The two passwords differ.', true);
  button.disabled = true;
  say('One moment …');
  try {
    const response = await fetch(form.dataset.call, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, ...fields }),
    });
    if (response.ok) {
      document.querySelector('h1 + p').remove();
      form.replaceChildren(status);
      return say(form.dataset.done);
    }
    say(await whatIsWrong(response), true);
  } catch {
    say('The server cannot be reached. Try again.', true);
  }
  button.disabled = false;
};

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});
if (token) {
  say('');
  button.disabled = false;
} else say('The link is not whole: open it as it stands in the mail.', true);
