// What both requests share: an answer that is read to its end, within a time limit, or a failure with a code.
import { CustomerWidgetError, type CustomerWidgetErrorCode } from './errors.js';

export interface Answer {
  response: Response;
  body: string;
}

/** Longest answer, in characters. A page of data is a thousandth of it. */
const LONGEST_BODY = 2_000_000;

/**
 * Fetches and reads the whole body. `who` begins the developer's sentence: "The backend".
 *
 * @throws {CustomerWidgetError} `network`, or `invalid-response` for an endless body.
 */
export async function ask(who: string, address: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(address, { cache: 'no-store', ...init });
    return { response, body: await readBody(who, response) };
  } catch (cause) {
    if (cause instanceof CustomerWidgetError) throw cause;
    throw new CustomerWidgetError('network', `${who} could not be reached: check its address, and CORS.`, {
      cause,
    });
  }
}

async function readBody(who: string, { body, status }: Response): Promise<string> {
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  for (let text = ''; ;) {
    const { value } = (await reader?.read()) ?? {};
    if (!value) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > LONGEST_BODY) {
      void reader?.cancel();
      throw new CustomerWidgetError('invalid-response', `${who} answered with more than 2 MB.`, { status });
    }
  }
}

/** The error for an answer that is a refusal; 429 has its own code wherever it comes from. */
export function refusal(who: string, response: Response, code: CustomerWidgetErrorCode): CustomerWidgetError {
  const { status } = response;
  return new CustomerWidgetError(status === 429 ? 'rate-limited' : code, `${who} answered ${status}.`, {
    status,
    retryAfter: retryAfterOf(response),
  });
}

/**
 * Runs one of the two requests under its own time limit; the outer signal still aborts it. What the request needs is
 * handed through and not closed over: an error remembers the functions of its stack, and with them what they close over.
 */
export async function inTime<T, Needs>(
  who: string,
  milliseconds = 10_000,
  outer: AbortSignal,
  run: (signal: AbortSignal, needs: Needs) => Promise<T>,
  needs: Needs,
): Promise<T> {
  const limit = AbortSignal.timeout(milliseconds);
  try {
    return await run(AbortSignal.any([outer, limit]), needs);
  } catch (error) {
    outer.throwIfAborted();
    throw limit.aborted
      ? new CustomerWidgetError('timeout', `${who} did not answer within ${milliseconds} ms.`)
      : error;
  }
}

/** Seconds from `Retry-After`, which is a number or a date. */
function retryAfterOf({ headers }: Response): number | undefined {
  const value = headers.get('retry-after') ?? '';
  const seconds = Math.ceil(Number(value) || (Date.parse(value) - Date.now()) / 1000);
  return seconds > 0 ? seconds : undefined;
}
