// The shopper's words, in English: what is said when the theme says nothing. They name no internals.
import type { CustomerWidgetErrorCode } from '../client/index.js';

export const messages = {
  loading: 'Loading…',
  loaded: 'Loaded.',
  empty: 'There is nothing here yet.',
  guest: 'Please sign in to see this.',
  retry: 'Try again',
};

const SIGN_IN = 'We could not confirm that you are signed in. Please sign in again.';

const errors: Partial<Record<CustomerWidgetErrorCode, string>> = {
  network: 'We could not get an answer. Please check your connection and try again.',
  timeout: 'This is taking too long. Please try again.',
  'rate-limited': 'There is a lot going on right now. Please try again in a moment.',
  unauthorized: SIGN_IN,
  forbidden: 'This is not available for your account.',
  'token-unavailable': SIGN_IN,
  'token-invalid': SIGN_IN,
};

export function errorMessage(code: CustomerWidgetErrorCode): string {
  return errors[code] ?? 'Something went wrong on our side. Please try again.';
}
