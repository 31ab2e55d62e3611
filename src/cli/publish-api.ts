// Calls to the content API for the publish command: waits for rate limits, and says what a refusal means.
import { CommandError } from './command-error.js';

export interface ContentApiOptions {
  storeHash: string;
  /** Needs the scope "Content: modify". Never shown. */
  accessToken: string;
  /** @default 'https://api.bigcommerce.com' */
  baseUrl?: string | undefined;
  /** Waits for a number of milliseconds; a test gives its own. */
  wait?: ((milliseconds: number) => Promise<void>) | undefined;
}

export interface ContentApi {
  /** Sends one request below `/v3/content` and gives the answer's `data`; undefined when there is none. */
  call: (method: Method, path: string, body?: object) => Promise<unknown>;
  /** All items of a list, page by page. */
  list: (path: string, query?: Record<string, string>) => Promise<unknown[]>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const TIMEOUT = 30_000;
const MOST_ATTEMPTS = 5;
/** The longest window that the platform documents is 30 seconds; more than this is no rate limit to wait for. */
const LONGEST_WAIT = 60_000;
const PAGE_SIZE = 250;

/** @throws CommandError when the address would send the token in the clear */
export function createContentApi({
  storeHash,
  accessToken,
  baseUrl = 'https://api.bigcommerce.com',
  wait = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds)),
}: ContentApiOptions): ContentApi {
  const base = `${safeAddress(baseUrl)}/stores/${storeHash}/v3/content`;

  const send = async (method: Method, path: string, body: object | undefined): Promise<Response> => {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(base + path, {
        method,
        headers: {
          'X-Auth-Token': accessToken,
          Accept: 'application/json',
          ...(body && { 'Content-Type': 'application/json' }),
        },
        body: body ? JSON.stringify(body) : null,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      }).catch(() => undefined);
      const isLast = attempt === MOST_ATTEMPTS;
      if (response?.status === 429 && !isLast) {
        const pause = pauseOf(response, attempt);
        if (pause <= LONGEST_WAIT) {
          await response.body?.cancel();
          await wait(pause);
          continue;
        }
      }
      // What got lost may have been done: sent again, a POST would make a second template.
      if ((!response || response.status >= 500) && method === 'GET' && !isLast) {
        await wait(backOff(attempt));
        continue;
      }
      if (response) return response;
      throw new CommandError(
        `No answer from ${new URL(base).host} to ${method} ${path}. Run the command again: it goes on from what is there.`,
      );
    }
  };

  const request = async (method: Method, path: string, body?: object) => {
    const response = await send(method, path, body);
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) {
      const reason = describeRefusal(response.status, answer, storeHash).replaceAll(accessToken, '…');
      throw new CommandError(`BigCommerce answered ${response.status} to ${method} ${path}. ${reason}`);
    }
    return (answer ?? {}) as { data?: unknown; meta?: { pagination?: { total_pages?: number } } };
  };

  return {
    call: async (method, path, body) => (await request(method, path, body)).data,
    async list(path, query = {}) {
      const items: unknown[] = [];
      for (let page = 1; ; page++) {
        const search = new URLSearchParams({ ...query, limit: String(PAGE_SIZE), page: String(page) });
        const { data, meta } = await request('GET', `${path}?${search.toString()}`);
        if (!Array.isArray(data)) throw new CommandError(`BigCommerce answered GET ${path} without a list.`);
        items.push(...(data as unknown[]));
        if (page >= (meta?.pagination?.total_pages ?? 1)) return items;
      }
    },
  };
}

function safeAddress(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isLocal = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1';
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal))
    return baseUrl.replace(/\/+$/, '');
  throw new CommandError('The address of the API must start with https:// (http:// on localhost only).');
}

function pauseOf({ headers }: Response, attempt: number): number {
  const reset = Number(headers.get('X-Rate-Limit-Time-Reset-Ms'));
  const seconds = Number(headers.get('X-Retry-After') ?? headers.get('Retry-After'));
  return Math.max(reset, seconds * 1000) || backOff(attempt);
}

const backOff = (attempt: number) => 1000 * 2 ** (attempt - 1);

const HINTS: Record<number, string> = {
  401: 'Check that BIGCOMMERCE_ACCESS_TOKEN belongs to this store.',
  403: 'The API account needs the OAuth scope "Content: modify" (store_v2_content).',
  429: 'The rate limit of the store is used up; try again in a minute.',
};

/** What the API said about a failure, field by field, and what to do about it. */
function describeRefusal(status: number, answer: unknown, storeHash: string): string {
  const { title, errors } = (answer ?? {}) as { title?: unknown; errors?: unknown };
  const lines = typeof title === 'string' ? [title] : [];
  lines.push(...entriesOf(errors).map(([field, reason]) => `  ${field}: ${reason}`));
  const hint =
    HINTS[status] ?? (status >= 500 ? 'The fault is on the side of BigCommerce; try again later.' : '');
  if (hint) lines.push(hint);
  if (status === 404) lines.push(`Check BIGCOMMERCE_STORE_HASH, which is ${storeHash}, and the uuid.`);
  // What comes from elsewhere must not steer the terminal.
  return lines
    .join('\n')
    .replace(/[^\P{Cc}\n]/gu, '')
    .slice(0, 4000);
}

function entriesOf(errors: unknown): [string, string][] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).map(([field, reason]) => [
    field,
    typeof reason === 'string' ? reason : JSON.stringify(reason),
  ]);
}
