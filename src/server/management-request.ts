/** One request to the management API: few at a time, patient with rate limits, and never without an end. */

export interface RequesterOptions {
  storeHash: string;
  /** Of a store-level or app-level API account. A secret: it never goes to a browser. */
  accessToken: string;
  /** @default 'https://api.bigcommerce.com' */
  baseUrl?: string;
  /**
   * Requests at the same time; more wait for their turn. The platform allows three for customer attributes.
   * @default 3
   */
  concurrency?: number;
  /**
   * How long one request may take, in milliseconds.
   * @default 5000
   */
  timeout?: number;
  /**
   * How long one request may wait for rate limits altogether, in milliseconds.
   * @default 8000
   */
  maximumWait?: number;
}

export type ManagementApiErrorCode =
  'unauthorized' | 'rate_limited' | 'rejected' | 'unavailable' | 'timeout' | 'invalid_response';

/** The management API did not do what was asked. Holds nothing of the request or the answer but its status. */
export class ManagementApiError extends Error {
  override readonly name = 'ManagementApiError';
  readonly code: ManagementApiErrorCode;
  /** The HTTP status, if there was an answer. */
  readonly status: number | undefined;

  constructor(code: ManagementApiErrorCode, message: string, status?: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export interface ManagementRequest {
  method?: 'GET' | 'POST' | 'PUT';
  /** Below `/stores/{hash}`: `/v2/orders`. */
  path: string;
  query?: Record<string, string | number>;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** Sends a request and returns the parsed JSON; `undefined` for 204, which is how version 2 says "none". */
export type Requester = (request: ManagementRequest) => Promise<unknown>;

/** @throws TypeError when an option is missing */
export function createRequester(options: RequesterOptions): Requester {
  const { storeHash, accessToken, baseUrl = 'https://api.bigcommerce.com', concurrency = 3 } = options;
  const { timeout = 5000, maximumWait = 8000 } = options;
  if (!/^\w+$/.test(storeHash))
    throw new TypeError('storeHash must be the part of the API path after /stores/.');
  if (!accessToken) throw new TypeError('accessToken is missing. Copy it from the API account.');
  const inTurn = createTurns(concurrency);

  async function send(request: ManagementRequest): Promise<Answer> {
    const url = new URL(`/stores/${storeHash}${request.path}`, baseUrl);
    for (const [name, value] of Object.entries(request.query ?? {}))
      url.searchParams.set(name, String(value));
    const late = AbortSignal.timeout(timeout);
    try {
      const response = await fetch(url, {
        method: request.method ?? 'GET',
        headers: {
          'X-Auth-Token': accessToken,
          Accept: 'application/json',
          ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body: request.body === undefined ? null : JSON.stringify(request.body),
        signal: request.signal ? AbortSignal.any([request.signal, late]) : late,
        // Never followed, so that the access token stays here. A Worker does not know 'error'.
        redirect: 'manual',
      });
      // Read here, so that a body that never ends runs into the timeout too.
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch {
      request.signal?.throwIfAborted();
      if (late.aborted) {
        throw new ManagementApiError('timeout', `The management API did not answer within ${timeout} ms.`);
      }
      throw new ManagementApiError('unavailable', 'The management API cannot be reached.');
    }
  }

  async function sendPatiently(request: ManagementRequest): Promise<Answer> {
    let waited = 0;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await send(request);
      if (answer.status !== 429) return answer;
      const wait = waitFor(answer.headers, attempt);
      waited += wait;
      if (waited > maximumWait) {
        const sentence = `The store's rate limit is used up and does not end within ${maximumWait} ms.`;
        throw new ManagementApiError('rate_limited', sentence, 429);
      }
      await pause(wait, request.signal);
    }
  }

  return (request) =>
    inTurn(async () => {
      request.signal?.throwIfAborted();
      return parse(await sendPatiently(request));
    });
}

/** The longer of both hints; without any, the platform is under load: a second, then twice as long each time. */
function waitFor(headers: Headers, attempt: number): number {
  const hints = [
    Number(headers.get('X-Rate-Limit-Time-Reset-Ms')),
    Number(headers.get('X-Retry-After')) * 1000,
    Number(headers.get('Retry-After')) * 1000,
  ].filter((hint) => hint > 0);
  return hints.length > 0 ? Math.max(...hints) : 1000 * 2 ** attempt;
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resume) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resume();
    }
    signal?.addEventListener('abort', done);
  });
  signal?.throwIfAborted();
}

function parse({ status, text }: Answer): unknown {
  if (status === 204) return undefined;
  if (status >= 200 && status < 300) {
    try {
      return JSON.parse(text);
    } catch {
      throw new ManagementApiError(
        'invalid_response',
        'The management API answered with something other than JSON.',
      );
    }
  }
  if (status === 401 || status === 403) {
    const sentence = 'The management API refuses the access token: check it, its store and its OAuth scopes.';
    throw new ManagementApiError('unauthorized', sentence, status);
  }
  if (status >= 500)
    throw new ManagementApiError('unavailable', 'The management API is out of order.', status);
  throw new ManagementApiError('rejected', `The management API answered ${status}.`, status);
}

/** Lets a number of tasks run at the same time and the others wait, first come, first served. */
function createTurns(limit: number): <Value>(task: () => Promise<Value>) => Promise<Value> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= limit) await new Promise<void>((start) => waiting.push(start));
    else running += 1;
    try {
      return await task();
    } finally {
      // The place passes on to the next in line.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
