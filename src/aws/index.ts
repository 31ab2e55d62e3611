/** For Amazon API Gateway: a Lambda authorizer that lets only verified current customers through. */
export {
  createAuthorizer,
  type AuthorizerEvent,
  type AuthorizerOptions,
  type AuthorizerResult,
  type CustomerContext,
} from './authorizer.js';
