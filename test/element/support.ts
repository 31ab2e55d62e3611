// How the element's tests put one on the page and wait for it.
import { fixture, html } from '@open-wc/testing';
import '../../src/index.js';
import type { BcCustomerWidget, CustomerWidgetEvents } from '../../src/index.js';
import { working } from '../support/page.js';

export type Attributes = Record<string, string | null>;

const defaults: Attributes = {
  'app-client-id': working.appClientId,
  'backend-url': working.backendUrl,
  'token-url': working.tokenUrl,
};

/** A widget with attributes that work, changed by the given ones; `null` leaves an attribute out. */
export async function widget(attributes: Attributes = {}): Promise<BcCustomerWidget> {
  const place = await fixture<HTMLElement>(html`<div></div>`);
  const element = document.createElement('bc-customer-widget');
  for (const [name, value] of Object.entries({ ...defaults, ...attributes })) {
    if (value !== null) element.setAttribute(name, value);
  }
  place.append(element);
  await element.updateComplete;
  return element;
}

/** A widget that has settled: its first load has ended, however it did. */
export async function settled(attributes: Attributes = {}): Promise<BcCustomerWidget> {
  const element = await widget(attributes);
  await ended(element);
  return element;
}

export async function ended(element: BcCustomerWidget): Promise<void> {
  while (element.state === 'loading' || element.state === 'idle') {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await element.updateComplete;
}

export function nextEvent<Name extends keyof CustomerWidgetEvents>(
  target: EventTarget,
  name: Name,
): Promise<CustomEvent<CustomerWidgetEvents[Name]>> {
  return new Promise((resolve) => {
    target.addEventListener(name, resolve as EventListener, { once: true });
  });
}

export function part(element: BcCustomerWidget, name: string): HTMLElement | null {
  return element.renderRoot.querySelector(`[part="${name}"]`);
}

export function parts(element: BcCustomerWidget, name: string): HTMLElement[] {
  return [...element.renderRoot.querySelectorAll<HTMLElement>(`[part="${name}"]`)];
}

/** What a shopper can read, white space folded. */
export function visibleText(element: BcCustomerWidget): string {
  const clone = element.renderRoot.querySelector('section')?.cloneNode(true) as
    HTMLElement | null | undefined;
  clone?.querySelectorAll('.heard').forEach((node) => {
    node.remove();
  });
  return (clone?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

export function status(element: BcCustomerWidget): string {
  return element.renderRoot.querySelector('[role="status"]')?.textContent.trim() ?? '';
}

export function isBusy(element: BcCustomerWidget): boolean {
  return element.renderRoot.querySelector('[aria-busy="true"]') !== null;
}
