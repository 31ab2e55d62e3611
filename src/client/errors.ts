// The one error class of the browser's half. Its `code` is part of the public contract.

/**
 * What went wrong, in one stable word:
 * - `misconfigured` an attribute or option is missing or wrong; nothing was sent to the backend
 * - `token-unavailable` the token endpoint refused, failed or is not there
 * - `token-invalid` what the token endpoint returned is not a JWT; it was not sent on
 * - `network` no answer: offline, unreachable, or refused by CORS
 * - `timeout` no answer in time
 * - `unauthorized` the backend answered 401: it did not accept the token
 * - `forbidden` the backend answered 403
 * - `rate-limited` the endpoint or the backend answered 429
 * - `backend-error` the backend answered with another failure status
 * - `invalid-response` the backend's answer is not a JSON object
 */
export type CustomerWidgetErrorCode =
  | 'misconfigured'
  | 'token-unavailable'
  | 'token-invalid'
  | 'network'
  | 'timeout'
  | 'unauthorized'
  | 'forbidden'
  | 'rate-limited'
  | 'backend-error'
  | 'invalid-response';

export interface CustomerWidgetErrorOptions extends ErrorOptions {
  /** HTTP status, where there was an answer. */
  status?: number | undefined;
  /** Seconds to wait before trying again, from `Retry-After`. */
  retryAfter?: number | undefined;
}

/**
 * Every failure of a load. The message is for developers and names the fix; it never holds a
 * token, an e-mail address or a response body. `cause` is the browser's own error, or the one
 * that a `tokenSource` threw.
 *
 * @example
 * element.addEventListener('bc-customer-error', ({ detail }) => {
 *   if (detail.error.code === 'unauthorized') showSignIn();
 * });
 */
export class CustomerWidgetError extends Error {
  override readonly name = 'CustomerWidgetError';
  declare readonly code: CustomerWidgetErrorCode;
  declare readonly status: number | undefined;
  declare readonly retryAfter: number | undefined;

  constructor(code: CustomerWidgetErrorCode, message: string, options: CustomerWidgetErrorOptions = {}) {
    super(message, options);
    const { status, retryAfter } = options;
    Object.assign(this, { code, status, retryAfter });
  }
}

/** What went wrong: a code, and which of several things it was. Its sentence is in failures.ts. */
export type Reason = CustomerWidgetErrorCode | `${CustomerWidgetErrorCode}: ${string}`;

/**
 * Makes the error, unless it comes from one already. Its sentence is fetched: where that fails too, the reason stands
 * alone. 429 has its own code, wherever it comes from.
 *
 * @param who failed; the developer's sentence begins with it
 * @param from the answer or the exception that says so
 */
export async function failure(reason: Reason, who = '', from?: unknown): Promise<CustomerWidgetError> {
  if (from instanceof CustomerWidgetError) return from;
  const response = from instanceof Response ? from : undefined;
  const status = response?.status;
  const code = status === 429 ? 'rate-limited' : (reason.split(':')[0] as CustomerWidgetErrorCode);
  const { message = reason, retryAfter } = (await loadFailures())?.describe(reason, who, response) ?? {};
  return new CustomerWidgetError(code, message, { cause: response ? undefined : from, status, retryAfter });
}

/** What is needed after a failure; `undefined` where it cannot be had now, as the rest of the network may not. */
export function loadFailures(): Promise<typeof import('./failures.js') | undefined> {
  return Promise.race([
    import('./failures.js').catch(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(resolve, 3000)),
  ]);
}
