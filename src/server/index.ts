/** For the merchant's backend: verify the current customer, answer the widget, sign tokens. */
export type { IdempotencyClaim, IdempotencyStore, IdempotentAnswer } from './actions.js';
export type { CurrentCustomer } from './claims.js';
export type { ActionContext, LoadContext } from './context.js';
export { CustomerTokenError, type CustomerTokenErrorCode } from './errors.js';
export { createExchange, type Action, type ExchangeLogEntry, type ExchangeOptions } from './exchange.js';
export {
  createManagementApi,
  type ManagementApi,
  type Purchase,
  type PurchasesOptions,
} from './management-api.js';
export {
  ManagementApiError,
  type ManagementApiErrorCode,
  type RequesterOptions as ManagementApiOptions,
} from './management-request.js';
export type { Problem, ProblemCode } from './problem.js';
export type { Input, TransportOptions } from './read-request.js';
export type { Algorithm } from './secret.js';
export { signCurrentCustomer, type CustomerToSign, type SignOptions } from './sign.js';
export { signCustomerLogin, type CustomerLoginOptions } from './sign-customer-login.js';
export type { App, TrustedIssuer, TrustOptions, VerifierOptions } from './trust.js';
export { createVerifier, verifyCurrentCustomer, type VerifyOptions } from './verify.js';
