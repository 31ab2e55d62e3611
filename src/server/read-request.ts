/** Finds the token and the input in a request, whichever transport the widget uses. */
import { Refusal } from './problem.js';

export interface TransportOptions {
  /**
   * Header of the `header` transport.
   * @default 'X-Current-Customer'
   */
  tokenHeader?: string;
  /**
   * Field of the `json` and `form` transports, parameter of `query`.
   * @default 'token'
   */
  tokenField?: string;
  /**
   * Whether a token may come in the URL. URLs end up in access logs and in `Referer`, and the token holds the e-mail.
   * @default false
   */
  tokenInQuery?: boolean;
  /**
   * Longest body, in bytes.
   * @default 16384
   */
  bodyLimit?: number;
}

export const defaultTokenHeader = 'X-Current-Customer';

/** Fields of a JSON or form body, without the token. */
export type Input = Record<string, unknown>;

export interface ReadRequest {
  token: string;
  input: Input;
}

interface Body {
  token?: string | undefined;
  input: Input;
}

/**
 * Returns a reader that knows where tokens may be. It throws a `Refusal` unless there is exactly one.
 *
 * One, because two tokens can name two customers: what checks the first and what acts on the second would disagree.
 */
export function createRequestReader(options: TransportOptions): (request: Request) => Promise<ReadRequest> {
  const { tokenHeader = defaultTokenHeader, tokenField = 'token', tokenInQuery = false } = options;
  const { bodyLimit = 16_384 } = options;

  return async (request) => {
    const inQuery = request.url.includes('?') ? new URL(request.url).searchParams.getAll(tokenField) : [];
    if (inQuery.length > 0 && !tokenInQuery) {
      throw new Refusal(
        'token_misplaced',
        `Remove ${tokenField} from the URL: tokens in URLs end up in logs.`,
      );
    }
    const { token, input } =
      request.method === 'POST' ? await readBody(request, tokenField, bodyLimit) : noBody();
    const found = [readBearer(request), request.headers.get(tokenHeader), token, ...inQuery];
    const tokens = found.filter((value) => typeof value === 'string');
    if (tokens.length > 1) {
      throw new Refusal('token_ambiguous', 'The request has more than one token. Send it in one place only.');
    }
    return { token: tokens[0] ?? '', input };
  };
}

/** `Authorization: Bearer …` (RFC 6750 §2.1); the scheme's case does not matter. */
function readBearer(request: Request): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.get('Authorization') ?? '')?.[1];
}

const noBody = (): Body => ({ input: {} });

async function readBody(request: Request, tokenField: string, limit: number): Promise<Body> {
  const text = await readText(request, limit);
  if (text === '') return noBody();
  const [type] = (request.headers.get('Content-Type') ?? '').toLowerCase().split(';');
  switch (type?.trim()) {
    case 'application/json':
      return readJson(text, tokenField);
    case 'application/x-www-form-urlencoded':
      return readForm(text, tokenField);
    case 'text/plain':
      // Such a request needs no preflight, so nothing has asked yet whether this page may send it.
      if (!request.headers.has('Origin')) {
        throw new Refusal('origin_not_allowed', 'A text/plain request must come from an allowed origin.');
      }
      return { token: text.trim(), input: {} };
    default:
      throw new Refusal(
        'content_type_unsupported',
        'Send application/json, application/x-www-form-urlencoded or text/plain.',
      );
  }
}

function readJson(text: string, tokenField: string): Body {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal('body_invalid', 'The body is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('body_invalid', 'The body must be a JSON object.');
  }
  const { [tokenField]: token, ...input } = value as Input;
  if (token !== undefined && typeof token !== 'string') {
    throw new Refusal('body_invalid', `${tokenField} must be a string.`);
  }
  return { token, input };
}

function readForm(text: string, tokenField: string): Body {
  const fields = new URLSearchParams(text);
  const tokens = fields.getAll(tokenField);
  if (tokens.length > 1) throw new Refusal('token_ambiguous', `The form has more than one ${tokenField}.`);
  fields.delete(tokenField);
  return { token: tokens[0], input: Object.fromEntries(fields) };
}

/** Stops at the limit instead of trusting `Content-Length`. */
async function readText(request: Request, limit: number): Promise<string> {
  if (Number(request.headers.get('Content-Length')) > limit) throw tooLarge(limit);
  if (!request.body) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  try {
    // Not `for await`: not every runtime can iterate a body.
    const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      size += chunk.value.byteLength;
      if (size > limit) {
        await reader.cancel();
        throw tooLarge(limit);
      }
      text += decoder.decode(chunk.value, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal('body_invalid', 'The body is not UTF-8.');
    throw error;
  }
}

function tooLarge(limit: number): Refusal {
  return new Refusal('body_too_large', `The body is longer than ${limit} bytes.`);
}
