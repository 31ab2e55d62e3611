// The shopper's words, in English: what is said when the theme says nothing. They name no internals.
import type { CustomerWidgetError } from '../client/index.js';

/** Each is replaced by an attribute: `empty` by `empty-text`. */
export const messages = {
  loading: 'Loading…',
  loaded: 'Loaded.',
  empty: 'There is nothing here yet.',
  guest: 'Please sign in to see this.',
  error: 'This could not be loaded. Please try again in a moment.',
  expired: 'Please sign in again to see this.',
  forbidden: 'This is not available for your account.',
  retry: 'Try again',
  stale: 'As of',
};

export type WordKey = keyof typeof messages;

export const textAttributes = Object.keys(messages).map((key) => `${key}-text`);

/** The theme's words, else ours. */
export function wordsOf(element: Element, key: WordKey): string {
  return element.getAttribute(`${key}-text`) ?? messages[key];
}

export function errorKey({ code }: CustomerWidgetError): 'forbidden' | 'expired' | undefined {
  if (code === 'forbidden') return 'forbidden';
  return code === 'unauthorized' || code.startsWith('token') ? 'expired' : undefined;
}
