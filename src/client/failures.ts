// What a failure means to a developer, and when a read is tried again after it. Fetched when something has failed.
import type { CustomerWidgetError, Reason } from './errors.js';
import type { Exchanged } from './exchange.js';
import type { Answer } from './http.js';

const ADDRESS_RULE = 'must start with https:// or a single slash (http:// on localhost only).';

/** What went wrong, and what to do about it. A word for who failed comes before some. */
const sentences: Partial<Record<Reason, string>> = {
  'misconfigured: app-client-id': "app-client-id is missing: set it to your app's client ID.",
  'misconfigured: backend-url': `backend-url ${ADDRESS_RULE}`,
  'misconfigured: token-url': `token-url ${ADDRESS_RULE}`,
  'misconfigured: timeout': 'timeout must be a number of milliseconds, such as 10000.',
  'misconfigured: allowBackends': 'backend-url has an origin that allowBackends does not list.',
  'misconfigured: action': "An action's address must be on backend-url's origin.",
  'misconfigured: live-url':
    'live-url must start with wss:// (ws:// on localhost only); allowBackends has to list its origin, with https.',
  'misconfigured: transport': 'transport must be bearer, header, json, text, form or query.',
  'misconfigured: transport-name':
    'This transport-name cannot be used: X-Current-Customer or token is usual.',
  'misconfigured: no transport-name': 'transport-name has no use with this transport: remove it.',
  'misconfigured: input': 'transport="text" has no room for an action\'s input.',
  network: 'could not be reached: check its address, and CORS.',
  timeout: 'did not answer in time.',
  'invalid-response: length': 'answered with more than 2 MB.',
  'invalid-response': 'must answer with an application/json object.',
  'token-unavailable: 404': 'is not there (404): headless sets tokenSource.',
  'token-unavailable: source': 'The tokenSource failed: see `cause`.',
  'token-invalid': 'The token endpoint, or the tokenSource, answered with something that is not a JWT.',
  'token-invalid: empty': 'The token endpoint answered with nothing (stencil start needs --no-cache).',
  'unauthorized: guest': 'The customer is not signed in.',
};

/** The developer's sentence, and how long a server wants to be left alone. */
export function describe(
  reason: Reason,
  who: string,
  response: Response | undefined,
): { message: string; retryAfter: number | undefined } {
  const sentence = sentences[reason] ?? `answered ${response?.status}.`;
  return { message: who ? `${who} ${sentence}` : sentence, retryAfter: response && retryAfterOf(response) };
}

/**
 * What a token endpoint's answer means that is not a token: `null` for a guest. BigCommerce's says so with 404 and JSON
 * that holds `errors`.
 */
export function nobody(
  { response: { status }, body }: Answer,
  credentials: RequestCredentials,
): Reason | null {
  // What a route's own session check answers to guests; BigCommerce's endpoint does not.
  if (credentials === 'include' && (status === 204 || status === 401)) return null;
  if (status !== 404) return 'token-unavailable';
  const isGuest = !body.trimStart().startsWith('<') && body.includes('errors');
  return isGuest ? null : 'token-unavailable: 404';
}

/** Seconds from `Retry-After`, which is a number or a date. */
function retryAfterOf({ headers }: Response): number | undefined {
  const value = headers.get('retry-after') ?? '';
  const seconds = Math.ceil(Number(value) || (Date.parse(value) - Date.now()) / 1000);
  return seconds > 0 ? seconds : undefined;
}

/** Three attempts in all, whatever goes wrong. */
const RETRIES = 2;

const TEMPORARY: readonly (number | undefined)[] = [429, 502, 503, 504];

/** A shopper waits no longer than this for a server that is busy, in seconds. */
const LONGEST_WAIT = 5;

/** How long the next token is waited for after a backend, whose clock is ahead, refused one as expired. */
const LONGEST_RENEWAL = 30_000;

type Outcome = Exchanged | undefined;

/**
 * Goes on after a first attempt: until one succeeds, one fails for good, or three have failed. Network failures,
 * 502, 503, 504 and 429 are temporary. `Retry-After` is honoured; when it asks for more than five seconds, the failure
 * is told at once. A token that has expired is renewed once. Offline there is nothing to try.
 *
 * @param outcome of the first attempt
 * @returns the outcome of the last attempt, whatever it was
 * @throws the signal's reason
 */
export async function tryAgain(
  outcome: Promise<Outcome>,
  signal: AbortSignal,
  attempt: (renewable: boolean) => Promise<Outcome>,
): Promise<Outcome> {
  let isRenewed = false;
  for (let retry = 0; retry < RETRIES; retry += 1) {
    const found = await outcome.catch((error: unknown) => error as CustomerWidgetError);
    if (!found) break;
    const isExchanged = 'timeLeft' in found;
    const renewal: number | undefined = isExchanged && !isRenewed ? untilRenewal(found) : undefined;
    const failed = isExchanged ? found.answer : found;
    const wait = renewal ?? (failed && backOff(failed, retry));
    if (wait === undefined) break;
    isRenewed ||= renewal !== undefined;
    await pause(wait, signal);
    outcome = attempt(!isRenewed && retry + 1 < RETRIES);
  }
  return outcome;
}

/** Milliseconds until there is a token that has not expired; `undefined` where that is not what is wrong. */
function untilRenewal({ answer, timeLeft }: Exchanged): number | undefined {
  if (!answer) return timeLeft + 1000;
  // The exchange handler's own word for it. Any other 401 would be the same with another token.
  const isExpired = answer.response.status === 401 && answer.body.includes('"token_expired"');
  if (!isExpired) return undefined;
  return timeLeft > 0 && timeLeft < LONGEST_RENEWAL ? timeLeft + 1000 : 0;
}

/** Milliseconds until a temporary failure is worth another attempt. */
function backOff(found: Answer | CustomerWidgetError, retry: number): number | undefined {
  const isAnswer = 'response' in found;
  const { status } = isAnswer ? found.response : found;
  const { retryAfter = 0 } = isAnswer ? { retryAfter: retryAfterOf(found.response) } : found;
  const isUnreachable = !isAnswer && found.code === 'network' && !isOffline();
  if (!(isUnreachable || TEMPORARY.includes(status)) || retryAfter > LONGEST_WAIT) return undefined;
  // Jitter keeps the widgets of many shoppers from coming back together.
  return retryAfter * 1000 || 300 * 2 ** retry * (1 - Math.random() / 2);
}

function isOffline(): boolean {
  return (globalThis.navigator as Navigator | undefined)?.onLine === false;
}

/** @throws the signal's reason */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, milliseconds);
    const give = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', give, { once: true });
  });
}
