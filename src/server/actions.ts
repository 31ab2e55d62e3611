/** Lets a customer change something, once: a double click, a retry or a repeated request has one effect. */
import type { Answer } from './answer.js';
import type { CurrentCustomer } from './claims.js';
import { Refusal } from './problem.js';
import type { Input } from './read-request.js';

/** An answer that is given again to the same key. */
export interface IdempotentAnswer {
  status: number;
  contentType: string | null;
  body: string;
}

export type IdempotencyClaim =
  | { state: 'claimed' }
  | { state: 'running'; fingerprint: string }
  | { state: 'done'; fingerprint: string; answer: IdempotentAnswer };

/**
 * Remembers keys where all instances of the backend see them: a table with the key as primary key will do.
 *
 * Keep keys for as long as a shopper may come back to a page, a day say. Let a claim that is neither completed nor
 * released run out after a minute: its process has died.
 */
export interface IdempotencyStore {
  /** In one atomic step: claims a key that nobody holds, or tells what became of it. */
  claim(key: string, fingerprint: string): Promise<IdempotencyClaim>;
  /** Keeps the answer of a claimed key. */
  complete(key: string, answer: IdempotentAnswer): Promise<void>;
  /** Gives up a claimed key, because the action failed and may be tried again. */
  release(key: string): Promise<void>;
}

/** One try to do something that must happen once. */
export interface Attempt {
  request: Request;
  action: string;
  customer: CurrentCustomer;
  input: Input;
  /** Does it. */
  run: (idempotencyKey: string | undefined) => Promise<Answer>;
}

/** How long to wait for another request with the same key, in milliseconds: about three seconds together. */
const waits = [100, 200, 400, 800, 1600];

/** The name of the action that a request asks for: what follows `/actions/` in the path. `undefined`: it asks for data. */
export function actionName(request: Request): string | undefined {
  if (!request.url.includes('/actions/')) return undefined;
  return /\/actions\/(.*)$/.exec(new URL(request.url).pathname)?.[1];
}

/** Runs the attempt unless its key has run before; then gives that answer again. */
export async function runOnce(attempt: Attempt, store: IdempotencyStore | undefined): Promise<Answer> {
  const idempotencyKey = readKey(attempt.request);
  if (!store) return attempt.run(idempotencyKey);
  if (idempotencyKey === undefined) {
    throw new Refusal('idempotency_key_missing', 'Send an Idempotency-Key, a new UUID for each intention.');
  }
  // The verified customer is part of the key: a key of one customer means nothing to another.
  const { storeHash, customerId } = attempt.customer;
  const key = JSON.stringify([storeHash, customerId, attempt.action, idempotencyKey]);
  const earlier = await claim(store, key, await fingerprintOf(attempt.input));
  if (earlier) return recall(earlier);
  return settle(store, key, attempt.run(idempotencyKey));
}

/** Waits out another request with the same key. `undefined` when the key is ours. */
async function claim(
  store: IdempotencyStore,
  key: string,
  fingerprint: string,
): Promise<IdempotentAnswer | undefined> {
  for (const wait of [...waits, undefined]) {
    const found = await store.claim(key, fingerprint);
    if (found.state === 'claimed') return undefined;
    if (found.fingerprint !== fingerprint) {
      throw new Refusal('idempotency_key_reused', 'This Idempotency-Key was used with another input.');
    }
    if (found.state === 'done') return found.answer;
    if (wait !== undefined) await new Promise((resume) => setTimeout(resume, wait));
  }
  throw new Refusal('action_in_progress', 'A request with this Idempotency-Key is still running.', {
    headers: { 'Retry-After': '3' },
  });
}

/** An answer below 500 is final and kept; anything else may be tried again. */
async function settle(store: IdempotencyStore, key: string, running: Promise<Answer>): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await running;
  } catch (error) {
    await store.release(key);
    throw error;
  }
  if (answer.status >= 500) {
    await store.release(key);
    return answer;
  }
  const kept = await remember(answer);
  await store.complete(key, kept);
  return recall(kept);
}

async function remember(answer: Answer): Promise<IdempotentAnswer> {
  const { status } = answer;
  if (answer instanceof Response) {
    return { status, contentType: answer.headers.get('Content-Type'), body: await answer.text() };
  }
  return { status, contentType: answer.headers['Content-Type'] ?? null, body: answer.body ?? '' };
}

function recall({ status, contentType, body }: IdempotentAnswer): Answer {
  return {
    status,
    headers: contentType === null ? {} : { 'Content-Type': contentType },
    body: body === '' ? null : body,
  };
}

/** The draft standard writes the key in quotes (draft-ietf-httpapi-idempotency-key-header); most clients do not. */
function readKey(request: Request): string | undefined {
  const value = request.headers.get('Idempotency-Key');
  if (value === null) return undefined;
  const key = /^"?([\x21\x23-\x7e]{8,255})"?$/.exec(value)?.[1];
  if (key === undefined) {
    throw new Refusal(
      'idempotency_key_invalid',
      'An Idempotency-Key has 8 to 255 visible characters: use a UUID.',
    );
  }
  return key;
}

async function fingerprintOf(input: Input): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(input)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
