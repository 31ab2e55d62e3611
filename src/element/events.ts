// The element's events. All bubble and cross shadow roots; none carries the token.
import type { CustomerSnapshot, CustomerWidgetError } from '../client/index.js';

export interface CustomerWidgetEvents {
  /** Data arrived, or the backend has nothing for this customer (`data` is `null`). */
  'bc-customer-load': { data: Record<string, unknown> | null; customerId: number | undefined };
  /** Nobody is signed in. */
  'bc-customer-guest': null;
  'bc-customer-error': { error: CustomerWidgetError };
  /** The shopper is not the customer that the page or the last load was for. Their data follows. */
  'bc-customer-change': { customerId: number | undefined; previousCustomerId: number | undefined };
  /** A POST action has ended: with the answer's data (`null` for none), or with an error. */
  'bc-customer-action': {
    href: string;
    data: Record<string, unknown> | null;
    error: CustomerWidgetError | undefined;
  };
}

export function dispatch<Name extends keyof CustomerWidgetEvents>(
  target: EventTarget,
  name: Name,
  detail: CustomerWidgetEvents[Name],
): void {
  target.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

/** Says what a session has come to, and in the console what the shopper is not told. */
export function announce(
  target: EventTarget,
  { state, data, error, customerId }: CustomerSnapshot,
  { customerId: previousCustomerId }: CustomerSnapshot,
): void {
  if (state === 'loading' && previousCustomerId !== undefined && previousCustomerId !== customerId) {
    dispatch(target, 'bc-customer-change', { customerId, previousCustomerId });
  }
  if (state === 'ready' || state === 'empty')
    dispatch(target, 'bc-customer-load', { data: data ?? null, customerId });
  if (state === 'guest') dispatch(target, 'bc-customer-guest', null);
  if (state === 'error' && error) {
    console.error(`<bc-customer-widget> ${error.code}: ${error.message}`);
    dispatch(target, 'bc-customer-error', { error });
  }
}
