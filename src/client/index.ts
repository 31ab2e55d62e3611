// The browser's half of the exchange, without DOM and without Lit.
export { customerFetch } from './customer-fetch.js';
export type { CustomerRequest } from './customer-fetch.js';
export { CustomerWidgetError } from './errors.js';
export type { CustomerWidgetErrorCode, CustomerWidgetErrorOptions } from './errors.js';
export type { BackendRequest, LoadContext } from './exchange.js';
export type { Answer } from './http.js';
export { loadCustomerData, readCustomerData } from './load.js';
export type { CustomerData, LoadResult } from './load.js';
export { allowBackends, assertOptions } from './options.js';
export type { CustomerDataOptions } from './options.js';
export { createCustomerSession } from './session.js';
export type {
  CustomerSession,
  CustomerSessionOptions,
  CustomerSnapshot,
  CustomerState,
  SessionListener,
} from './session.js';
export { openLive } from './open-live.js';
export type { LiveListener, LiveOptions } from './open-live.js';
export { sessionChanged } from './session-change.js';
export type { Transport } from './transports.js';
export { routeTokenSource, storefrontTokenSource } from './token-sources.js';
export type {
  StorefrontTokenSourceOptions,
  TokenContext,
  TokenReason,
  TokenSource,
} from './token-sources.js';
