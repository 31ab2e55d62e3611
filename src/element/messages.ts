// The shopper's words, in English: what is said when the theme says nothing. They name no internals.
import type { CustomerWidgetError } from '../client/index.js';

export const messages = {
  idle: '',
  loading: 'Loading…',
  ready: 'Loaded.',
  empty: 'There is nothing here yet.',
  guest: 'Please sign in to see this.',
};

export const RETRY = 'Try again';

export function errorMessage({ code }: CustomerWidgetError): string {
  if (code === 'forbidden') return 'This is not available for your account.';
  const isSignIn = code === 'unauthorized' || code.startsWith('token');
  return isSignIn
    ? 'Please sign in again to see this.'
    : 'This could not be loaded. Please try again in a moment.';
}
