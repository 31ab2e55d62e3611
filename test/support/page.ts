// What the tests in the browser share: addresses, and a spy on the real `fetch`.
import sinon, { type SinonSpy } from 'sinon';
import { app } from './store.js';

/** Origin of the backend in every mood (backend.ts), which is not the page's own. */
export const backend = (globalThis as unknown as { backend: string }).backend;

export const { clientId: appClientId } = app;

/** Options of a load that works: Ada's token, the real exchange. */
export const working = { appClientId, backendUrl: `${backend}/customer`, tokenUrl: '/token/text/1' };

export type FetchSpy = SinonSpy<Parameters<typeof fetch>, ReturnType<typeof fetch>>;

/** Records requests and lets them through. Call `sinon.restore()` after each test. */
export function spyOnFetch(): FetchSpy {
  return sinon.spy(window, 'fetch');
}

export function requestsTo(spy: FetchSpy, part: string): number {
  return spy.getCalls().filter(({ args: [address] }) => (address as string).includes(part)).length;
}

export function echo(data: unknown): string {
  return `${backend}/echo?json=${encodeURIComponent(JSON.stringify(data))}`;
}

/** A promise and the function that settles it, for a token source that a test controls. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
