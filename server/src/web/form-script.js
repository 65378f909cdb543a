// For the form pages. The token is in the fragment of the link, which browsers never send to a server. It is removed
// from the address bar at once, so that it does not stay visible or in the history.
const form = document.querySelector('form');
const status = form.querySelector('[role=status]');
const button = form.querySelector('button');
const token = new URLSearchParams(location.hash.slice(1)).get('token');
history.replaceState(null, '', location.pathname);

const showStatus = (text, isError) => {
  status.textContent = text;
  status.className = isError ? 'error' : '';
};

const errorText = async (response) => {
  const problem = await response.json().catch(() => ({}));
  if (problem.code === 'link_expired') return 'This link has expired. Request a new one.';
  return problem.detail ?? `The server responded with ${response.status}.`;
};

const submit = async () => {
  const { repeated, ...fields } = Object.fromEntries(new FormData(form));
  if (fields.password !== repeated) return showStatus('The passwords do not match.', true);
  button.disabled = true;
  showStatus('Sending …');
  try {
    const response = await fetch(form.dataset.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, ...fields }),
    });
    if (response.ok) {
      document.querySelector('h1 + p').remove();
      form.replaceChildren(status);
      return showStatus(form.dataset.success);
    }
    showStatus(await errorText(response), true);
  } catch {
    showStatus('The server cannot be reached. Try again.', true);
  }
  button.disabled = false;
};

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void submit();
});
if (token) {
  showStatus('');
  button.disabled = false;
} else showStatus('This link is incomplete. Open the full link from the email.', true);
