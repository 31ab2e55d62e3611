// The shopper's words for an outcome, in English: what is said when the theme says nothing. They name no internals.
import type { CustomerWidgetError } from '../../client/index.js';
import { wordsOf, type WordKey } from '../messages.js';

const messages = {
  empty: 'There is nothing here yet.',
  guest: 'Please sign in to see this.',
  expired: 'Please sign in again to see this.',
  forbidden: 'This is not available for your account.',
  retry: 'Try again',
  stale: 'As of',
};

export function outcomeWords(element: Element, key: WordKey): string {
  return wordsOf(element, key) ?? messages[key as keyof typeof messages];
}

export function errorKey(error: CustomerWidgetError | undefined): 'error' | 'forbidden' | 'expired' {
  const { code = '' } = error ?? {};
  if (code === 'forbidden') return code;
  return code === 'unauthorized' || code.startsWith('token') ? 'expired' : 'error';
}
