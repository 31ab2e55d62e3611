// One action from the question to the answer. It is sent once; a repetition is the shopper's own decision.
import type { CustomerSession, CustomerWidgetError, readCustomerData } from '../../client/index.js';
import type { CustomerWidgetEvents } from '../events.js';
import type { ActionRequest } from '../parts.js';
import { askInDialog } from './dialog.js';

interface Host extends HTMLElement {
  readonly updateComplete: Promise<boolean>;
}

/** English, for a theme that sets no `done-text` and so on. */
const messages = {
  done: 'Done.',
  failed: 'This did not work. Please try again in a moment.',
  expired: 'Please sign in again to see this.',
  forbidden: 'This is not available for your account.',
  confirm: 'Yes, please',
  cancel: 'Cancel',
};

/** Keys of actions without a final answer, so that pressing again after a lost answer has no second effect. */
const openKeys = new WeakMap<CustomerSession, Map<string, string>>();

const busy = new WeakSet<CustomerSession>();

export async function runAction(
  request: ActionRequest,
  element: Host,
  session: CustomerSession,
  read: typeof readCustomerData,
): Promise<void> {
  if (busy.has(session)) return;
  busy.add(session);
  try {
    const { confirm } = request;
    const question = confirm && { question: confirm, confirm: words('confirm'), cancel: words('cancel') };
    const root = element.shadowRoot;
    if (root && (!question || (await askInDialog(root, question))))
      await run(request, element, root, session, read);
  } finally {
    busy.delete(session);
  }

  function words(key: 'confirm' | 'cancel'): string {
    return wordsFor(element, key);
  }
}

async function run(
  request: ActionRequest,
  element: Host,
  root: ShadowRoot,
  session: CustomerSession,
  read: typeof readCustomerData,
): Promise<void> {
  const { href, control } = request;
  const say = createNotice(root, session);
  const release = hold(control, root);
  const detail: CustomerWidgetEvents['bc-customer-action'] = { href, data: null, error: undefined };
  let answer: Response | undefined;
  try {
    answer = await send(request, session);
    detail.data = await read(answer.clone());
    // What a load under way brings may be older than the change: then it is loaded again.
    const isShown = detail.data && session.push(detail.data, session.snapshot.customerId);
    if (!isShown) void session.refresh();
    say(wordsFor(element, 'done'), 'heard');
  } catch (failure) {
    // Only an abort is none of ours: the page or the element has gone, or another customer has come.
    if (failure instanceof DOMException) return;
    const error = (detail.error = failure as CustomerWidgetError);
    // A token that the backend does not take: the next load shows who is signed in.
    if (answer?.status === 401) void session.refresh();
    console.error(`<bc-customer-widget> action ${error.code}: ${error.message}`);
    say((await refusalOf(answer)) ?? wordsFor(element, keyOf(error)), 'words');
  } finally {
    await element.updateComplete;
    release();
  }
  element.dispatchEvent(new CustomEvent('bc-customer-action', { detail, bubbles: true, composed: true }));
}

function wordsFor(element: Host, key: keyof typeof messages): string {
  return element.getAttribute(`${key}-text`) ?? messages[key];
}

function keyOf({ code }: CustomerWidgetError): 'forbidden' | 'expired' | 'failed' {
  if (code === 'forbidden') return code;
  return code === 'unauthorized' || code.startsWith('token') ? 'expired' : 'failed';
}

/** Where the shopper reads or hears how it went. It goes with the data that it is about. */
function createNotice(
  root: ShadowRoot,
  session: CustomerSession,
): (words: string, look: 'heard' | 'words') => void {
  const old = root.querySelector('[part=notice]');
  old?.remove();
  const notice = document.createElement('p');
  notice.setAttribute('part', 'notice');
  notice.role = 'status';
  root.querySelector('section')?.append(notice);
  const stop = session.subscribe(({ data, customerId }, previous) => {
    if (data && customerId === previous.customerId) return;
    notice.remove();
    stop();
  });
  return (text, look) => {
    notice.className = look;
    notice.textContent = text;
  };
}

async function send({ href, input }: ActionRequest, session: CustomerSession): Promise<Response> {
  const body = JSON.stringify(input);
  const keys = openKeys.get(session) ?? new Map<string, string>();
  openKeys.set(session, keys);
  const intention = `${href} ${body}`;
  const key = keys.get(intention) ?? crypto.randomUUID();
  keys.set(intention, key);
  const answer = await session.fetch(href, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body,
  });
  if (answer.status < 500) keys.delete(intention);
  return answer;
}

/** Keeps a control from being pressed; the keyboard waits on the card, and returns if the control is still there. */
function hold(control: ActionRequest['control'], root: ShadowRoot): () => void {
  const buttons = control instanceof HTMLFormElement ? [...control.querySelectorAll('button')] : [control];
  const enabled = buttons.filter((button) => !button.disabled);
  const active = (control.getRootNode() as Document | ShadowRoot).activeElement as HTMLElement | null;
  const wasFocused = control.contains(active);
  const card = root.querySelector('section');
  if (wasFocused) card?.focus();
  for (const button of enabled) button.disabled = true;
  return () => {
    for (const button of enabled) button.disabled = false;
    const isWaiting = root.activeElement === card;
    if (wasFocused && isWaiting && active?.isConnected) active.focus();
  };
}

/** A refusal's own words (RFC 9457), where they are meant for the shopper: not those about token and request. */
async function refusalOf(answer: Response | undefined): Promise<string | undefined> {
  const status = answer?.status ?? 0;
  if (!answer || status < 402 || status >= 500) return undefined;
  try {
    const { detail, title } = (await answer.json()) as { detail?: unknown; title?: unknown };
    return [detail, title].find((text): text is string => typeof text === 'string' && text !== '');
  } catch {
    return undefined;
  }
}
