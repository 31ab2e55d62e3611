// The storefront in the browser: sign-in, sign-out, the element, and the client without it.
import { routeTokenSource, sessionChanged } from 'bc-customer-widget';
import { createCustomerSession } from 'bc-customer-widget/client';

const find = (selector: string): HTMLElement => {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`The page has no ${selector}.`);
  return element;
};

// One function for both, so that they share a token request.
const tokenSource = routeTokenSource('/api/customer-token');
const options = { appClientId: 'headless-shop', backendUrl: '/rewards' };

Object.assign(find('bc-customer-widget'), { ...options, tokenSource });

const signInForm = find('#sign-in') as HTMLFormElement;
const signOutButton = find('#sign-out');
const session = createCustomerSession({ ...options, tokenSource });
session.subscribe(({ state, data }) => {
  if (state === 'loading') return;
  signInForm.hidden = state !== 'guest';
  signOutButton.hidden = state === 'guest';
  const facts = (data?.facts ?? []) as { label: string; value: unknown }[];
  const points = facts.find(({ label }) => label === 'Points')?.value;
  find('#points').textContent = typeof points === 'number' ? `${points} points` : '';
});
void session.refresh();

signInForm.addEventListener('submit', (event) => {
  event.preventDefault();
  void send(
    '/api/sign-in',
    new URLSearchParams(new FormData(signInForm) as unknown as Record<string, string>),
  );
});
signOutButton.addEventListener('click', () => void send('/api/sign-out'));

/** The page stays where it is, so the widget and the session have to be told. */
async function send(url: string, body?: URLSearchParams): Promise<void> {
  const response = await fetch(url, { method: 'POST', ...(body && { body }) });
  find('[role=alert]').textContent = response.ok ? '' : 'E-mail address or password is wrong.';
  if (!response.ok) return;
  signInForm.reset();
  sessionChanged();
}
