// What a backend answers to requests that name no customer: whether it is there, and refuses what it must refuse.
import { isPage, isRedirect, isReply, redirectTarget, typeOf, type Attempt, type Reply } from './ask.js';
import { failure, ok, skipped, warning, type Result } from './finding.js';

/** Asked without a token: 401 is what a backend should say. */
export function judgeAnswer(attempt: Attempt): Result {
  if (!isReply(attempt)) {
    return failure(`The backend ${attempt.failed}.`, 'Compare --backend with where it runs.');
  }
  const { status, incomplete } = attempt;
  if (isRedirect(attempt)) {
    const target = redirectTarget(attempt)?.href ?? 'elsewhere';
    return failure(
      `The backend redirects to ${target}, and the element follows no redirect.`,
      'Use the address that it leads to, or answer here.',
    );
  }
  if (incomplete)
    return failure(`The backend ${incomplete}.`, 'Look into its log, and at what is before it.');
  if (status === 401 || status === 400) return ok(`The backend answers: ${status} without a token.`);
  const unfit = status === 200 && unfitBody(attempt);
  if (unfit) return failure(`The backend answers 200 with ${unfit}.`, 'Compare --backend with its route.');
  if (status < 300) return ok(`The backend answers: ${status} without a token.`);
  return failure(`The backend answers ${status} without a token, not 401.`, statusFix(status));
}

/** Whether there is something else at this address, or nothing: then nothing more can be said about the backend. */
export function isElsewhere(attempt: Attempt): boolean {
  if (!isReply(attempt)) return true;
  const { status } = attempt;
  return isRedirect(attempt) || status === 404 || status === 405 || (status === 200 && isPage(attempt));
}

function statusFix(status: number): string {
  if (status === 404) return 'There is nothing at this address: compare --backend with its route.';
  if (status === 403) return 'A firewall or gateway before it may refuse: let requests with a token through.';
  if (status === 405) return 'Let it answer GET, which is how the element asks.';
  if (status === 429) return 'Wait and run doctor again; if shoppers see it, raise the limit.';
  if (status >= 500) return 'It fails before it looks at the token: look into its log.';
  return 'A request without a token has no other fault than that: answer 401.';
}

/** What a 200 holds instead of a JSON object. */
export function unfitBody(reply: Reply): string | undefined {
  if (isPage(reply)) return 'a page';
  try {
    const value: unknown = JSON.parse(reply.body.toString());
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? undefined : 'JSON that is not an object';
  } catch {
    return 'something that is not JSON';
  }
}

export interface Question {
  /** The storefront's origin. */
  origin: string;
  /** A backend on the storefront's own origin needs no CORS. */
  isSameOrigin: boolean;
}

/** The preflight request before a read: may pages of this origin send `Authorization`? */
export function judgePreflight(attempt: Attempt, { origin, isSameOrigin }: Question): Result {
  if (isSameOrigin) return ok("The backend is on the storefront's own origin: no CORS is needed.");
  if (!isReply(attempt)) {
    return failure(`The preflight request: the backend ${attempt.failed}.`, 'Let it answer OPTIONS.');
  }
  if (attempt.status < 200 || attempt.status > 299) {
    return failure(
      `The backend answers ${attempt.status} to the preflight request of ${origin}.`,
      `Let it answer OPTIONS with 204, and allow ${origin} (allowedOrigins in createExchange).`,
    );
  }
  const problem = originProblem(attempt, origin);
  if (problem) return failure(`The answer to the preflight request ${problem}.`, allowFix(origin));
  if (allowedHeaders(attempt).includes('authorization')) {
    return ok(`Pages of ${origin} may send Authorization.`);
  }
  return failure(
    'The answer to the preflight request does not allow the header Authorization.',
    'Send Access-Control-Allow-Headers: Authorization, Content-Type, Idempotency-Key. A * does not cover it.',
  );
}

/** The preflight request before an action. Where only data is read, nobody misses it. */
export function judgeActionPreflight(attempt: Attempt, { isSameOrigin }: Question): Result {
  if (isSameOrigin) return ok('Actions need no CORS either.');
  const allowed = isReply(attempt) ? allowedHeaders(attempt) : [];
  const missing = ['content-type', 'idempotency-key'].filter(
    (name) => !allowed.includes(name) && !allowed.includes('*'),
  );
  if (missing.length === 0) return ok('Actions may send Content-Type and Idempotency-Key.');
  return warning(
    `The backend does not allow the headers ${missing.join(' and ')}, which actions send.`,
    'Add them to Access-Control-Allow-Headers if the backend offers actions.',
  );
}

/** Without CORS headers on errors a page cannot tell a 401 from a broken network. */
export function judgeCors(attempt: Attempt, { origin, isSameOrigin }: Question): Result {
  if (!isReply(attempt)) return skipped('The backend did not answer.');
  if (isSameOrigin) return ok("Errors need no CORS headers on the storefront's own origin.");
  const problem = originProblem(attempt, origin);
  if (problem) {
    return failure(
      `The backend's ${attempt.status} ${problem}: the page sees a network error.`,
      `Send Access-Control-Allow-Origin: ${origin} on every answer, errors too.`,
    );
  }
  if (attempt.headers.get('access-control-allow-origin') === '*') {
    return warning('The backend answers pages of any origin (*).', `Allow ${origin} and no other.`);
  }
  return ok('Errors carry CORS headers: the page can read them.');
}

/** Whoever is let in with such a token can be any customer. `what` begins a sentence: "A token without a signature". */
export function judgeRefusal(what: string, attempt: Attempt, answer: Result): Result {
  if (!isReply(attempt)) return skipped('The backend did not answer.');
  const { status } = attempt;
  if (status === 401) return ok(`${what} is refused with 401.`);
  const isData = status === 204 || typeOf(attempt).includes('json');
  if (status < 300 && isData) {
    return failure(
      `SECURITY: ${what.toLowerCase()} is accepted (${status}). Anybody can read any customer's data.`,
      'Verify the token with createExchange or verifyCurrentCustomer before anything else.',
    );
  }
  if (answer.verdict === 'failure') return skipped('The backend does not answer as it should.');
  return failure(
    `${what} is answered with ${status}, not 401.`,
    'Answer 401 to every token that is not good.',
  );
}

export function judgeNoStore(attempt: Attempt, what: string): Result {
  if (!isReply(attempt)) return skipped('The backend did not answer.');
  if (/\bno-store\b/i.test(attempt.headers.get('cache-control') ?? '')) return ok(`${what} is not cached.`);
  return failure(
    `${what} comes without Cache-Control: no-store.`,
    "Send it on every answer: a cache could hand one customer's data to another.",
  );
}

/** Seconds that clocks may differ; verifiers allow as much. */
export const TOLERANCE = 60;

/** A backend whose clock is ahead takes fresh tokens for expired ones. */
export function judgeClock(backend: Attempt, storefront: Attempt): Result {
  const [there, here] = [backend, storefront].map((attempt) =>
    isReply(attempt) ? Date.parse(attempt.headers.get('date') ?? '') / 1000 : NaN,
  ) as [number, number];
  if (Number.isNaN(there - here)) return skipped('The backend or the storefront does not tell its time.');
  const seconds = Math.round(Math.abs(there - here));
  if (seconds <= TOLERANCE) return ok('The clocks of backend and storefront agree.');
  const word = there > here ? 'ahead of' : 'behind';
  return failure(
    `The backend's clock is ${seconds} s ${word} the storefront's.`,
    "Set the backend's clock from the network: tokens count as expired there, or as not yet good.",
  );
}

function originProblem({ headers }: Reply, origin: string): string | undefined {
  const allowed = headers.get('access-control-allow-origin');
  if (allowed === origin || allowed === '*') return undefined;
  if (allowed === null) return 'has no Access-Control-Allow-Origin';
  return URL.canParse(allowed) || allowed === 'null'
    ? `allows ${allowed}, not ${origin}`
    : 'has an Access-Control-Allow-Origin that is no single origin';
}

const allowFix = (origin: string) => `Allow exactly ${origin} (allowedOrigins in createExchange).`;

const allowedHeaders = ({ headers }: Reply) =>
  (headers.get('access-control-allow-headers') ?? '').split(',').map((name) => name.trim().toLowerCase());
