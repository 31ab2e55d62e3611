// Asks one address, within a time limit, and tells what came of it: no exception, no redirect followed.
import { version } from '../../version.js';

export interface Reply {
  url: URL;
  status: number;
  headers: Headers;
  body: Buffer;
  /** Why the body is not all there, as the end of a sentence. */
  incomplete?: string;
}

/** The end of a sentence that begins with who was asked: "did not answer within 4 s". */
export interface NoReply {
  failed: string;
}

export type Attempt = Reply | NoReply;

/** All requests together have taken too long; what was still to be asked is not known. */
export class OutOfTime extends Error {}

/** @throws OutOfTime */
export type Ask = (
  url: URL,
  init?: { method?: string; headers?: Record<string, string> },
) => Promise<Attempt>;

export const isReply = (attempt: Attempt): attempt is Reply => 'status' in attempt;

/** Firewalls can let it through, and logs tell it from shoppers. */
const USER_AGENT = `bc-customer-widget-doctor/${version}`;
/** Milliseconds for one request, and for all of them together. */
const [ONE, ALL] = [4000, 8000];
/** As many bytes as the element takes. */
const LONGEST_BODY = 2_000_000;

/** The time for all requests begins now. `stop` ends those for which nobody waits any more. */
export function createAsk(): { ask: Ask; stop: () => void } {
  const deadline = performance.now() + ALL;
  const running = new Set<AbortController>();
  const end = (limit: AbortController) => {
    limit.abort(new DOMException('Too late', 'TimeoutError'));
  };
  const ask: Ask = async (url, init = {}) => {
    const left = deadline - performance.now();
    const limit = new AbortController();
    const timer = setTimeout(end, Math.min(ONE, left), limit);
    running.add(limit);
    const attempt = await fetchAll(url, {
      ...init,
      headers: { 'user-agent': USER_AGENT, ...init.headers },
      redirect: 'manual',
      signal: limit.signal,
    });
    running.delete(limit);
    clearTimeout(timer);
    if (limit.signal.aborted && left < ONE) throw new OutOfTime();
    return attempt;
  };
  return {
    ask,
    stop: () => {
      running.forEach(end);
    },
  };
}

async function fetchAll(url: URL, init: RequestInit): Promise<Attempt> {
  try {
    const response = await fetch(url, init);
    const { status, headers } = response;
    return { url, status, headers, ...(await readBody(response)) };
  } catch (error) {
    return { failed: reason(error) };
  }
}

async function readBody(response: Response): Promise<Pick<Reply, 'body' | 'incomplete'>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > LONGEST_BODY) {
        return { body: Buffer.concat(chunks), incomplete: 'answered with more than 2 MB' };
      }
    }
  } catch (error) {
    const isLate = (error as Error).name === 'TimeoutError';
    return {
      body: Buffer.concat(chunks),
      incomplete: isLate ? reason(error) : 'ended the connection in the middle of its answer',
    };
  }
  return { body: Buffer.concat(chunks) };
}

function reason(error: unknown): string {
  if ((error as Error).name === 'TimeoutError') return `did not answer within ${ONE / 1000} s`;
  const { code = '', message = '' } = ((error as Error).cause ?? {}) as { code?: string; message?: string };
  if (message === 'bad port') return 'has a port that browsers refuse';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'has a host name that cannot be found';
  if (code === 'ECONNREFUSED') return 'refuses the connection: nothing listens there';
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'ended the connection without an answer';
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code)) return `has a certificate that is not trusted (${code})`;
  return `could not be reached${code && ` (${code})`}`;
}

/** The type without its parameters, in lower case. */
export const typeOf = ({ headers }: Reply): string =>
  (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

export const isPage = (reply: Reply): boolean =>
  typeOf(reply) === 'text/html' || reply.body.toString().trimStart().startsWith('<');

export const isRedirect = ({ status }: Reply): boolean => status >= 300 && status < 400;

/** Where a redirect leads to, without its query, which may hold something private. */
export function redirectTarget({ url, headers }: Reply): URL | undefined {
  const location = headers.get('location') ?? '';
  if (!URL.canParse(location, url)) return undefined;
  const target = new URL(location, url);
  return new URL(target.pathname, target.origin);
}
