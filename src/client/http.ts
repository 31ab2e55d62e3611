// What both requests share: an answer that is read to its end, within a time limit, or a failure with a code.
import { failure } from './errors.js';

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
    throw init.signal?.aborted ? cause : await failure('network', who, cause);
  }
}

async function readBody(who: string, response: Response): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let body = ''; ;) {
    const { value } = (await reader?.read()) ?? {};
    if (value === undefined) return body;
    body += value;
    if (body.length > LONGEST_BODY) {
      void reader?.cancel();
      throw await failure('invalid-response: length', who, response);
    }
  }
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
    throw limit.aborted ? await failure('timeout', who) : error;
  }
}
