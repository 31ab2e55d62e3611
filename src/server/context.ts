/** What the backend's own code is given beside the customer, and how long it may take. */
import { Refusal } from './problem.js';
import type { Input } from './read-request.js';

export interface LoadContext {
  /** The request; its body has been read. Take no identity from it. */
  readonly request: Request;
  /** Fields of a JSON or form body, without the token. Sent by the page, so check them. */
  readonly input: Input;
  /** Aborted when the browser has gone away or the time limit has passed. */
  readonly signal: AbortSignal;
}

export interface ActionContext extends LoadContext {
  /**
   * The same for every repetition of one intention. Write it with the effect, under a unique constraint, and the
   * effect cannot happen twice even if a process dies half-way.
   */
  readonly idempotencyKey: string | undefined;
}

/** A class, because its signal is made on demand: on Node, looking at a request's signal is expensive. */
export class Context implements ActionContext {
  idempotencyKey: string | undefined;
  #controller: AbortController | undefined;
  #refusal: Refusal | undefined;

  constructor(
    readonly request: Request,
    readonly input: Input,
  ) {}

  get signal(): AbortSignal {
    if (this.#controller) return this.#controller.signal;
    this.#controller = new AbortController();
    const { signal } = this.request;
    if (this.#refusal) this.#controller.abort(this.#refusal);
    else if (signal.aborted) this.#leave();
    else signal.addEventListener('abort', this.#leave);
    return this.#controller.signal;
  }

  /**
   * Settles like `work`, or rejects with a `Refusal` after these milliseconds, whether or not `work` minds the signal.
   *
   * By hand, because this runs for every request: `Promise.race` and `AbortSignal.timeout` cost several times as much,
   * and the latter's timer would outlive the request.
   */
  limit<Value>(work: Promise<Value>, milliseconds: number): Promise<Value> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#refusal = new Refusal('time_limit_exceeded', 'The backend took too long.');
        reject(this.#refusal);
        this.#controller?.abort(this.#refusal);
      }, milliseconds);
      work.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        if (this.#controller) this.request.signal.removeEventListener('abort', this.#leave);
      });
    });
  }

  #leave = (): void => {
    this.#controller?.abort(this.request.signal.reason);
  };
}
