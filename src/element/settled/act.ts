// Fetches the code of actions and runs one.
import type { CustomerSession, readCustomerData } from '../../client/index.js';
import type { ActionRequest } from '../parts.js';
import { outcomeWords } from './messages.js';

interface Widget extends HTMLElement {
  readonly updateComplete: Promise<boolean>;
}

export async function act(
  request: ActionRequest,
  element: Widget,
  session: CustomerSession,
  read: typeof readCustomerData,
): Promise<void> {
  const part = await import('../actions/index.js').catch((error: unknown) => {
    console.error('<bc-customer-widget> The part for actions could not be loaded.', error);
  });
  if (part) await part.runAction(request, element, session, read);
  else sayFailed(element);
}

function sayFailed(element: Widget): void {
  const section = element.shadowRoot?.querySelector('section');
  section?.querySelector('[role=alert]')?.remove();
  const textContent = outcomeWords(element, 'error');
  section?.append(
    Object.assign(document.createElement('p'), { role: 'alert', className: 'words', textContent }),
  );
}
