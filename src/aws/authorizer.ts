/** One authorizer for the three kinds of events that API Gateway sends. */
import {
  createVerifier,
  CustomerTokenError,
  type CurrentCustomer,
  type VerifierOptions,
} from '../server/index.js';

/** What an authorizer is called with, as far as it is read. */
export type AuthorizerEvent = TokenEvent | RequestEvent | HttpApiEvent;

/** REST API, authorizer type TOKEN. */
export interface TokenEvent {
  type: 'TOKEN';
  authorizationToken?: string;
  methodArn: string;
}

/** REST API, authorizer type REQUEST. */
export interface RequestEvent {
  type: 'REQUEST';
  version?: undefined;
  headers?: Headers | null;
  methodArn: string;
}

/** HTTP API, payload format 2.0 with simple responses. */
export interface HttpApiEvent {
  type: 'REQUEST';
  version: '2.0';
  headers?: Headers | null;
}

type Headers = Record<string, string | undefined>;

/** What the integration finds in `requestContext.authorizer`. API Gateway delivers strings, so these are strings. */
export interface CustomerContext {
  customerId: string;
  email: string;
  /** `"0"` is "no group". */
  groupId: string;
  storeHash: string;
  clientId: string;
  /** Seconds since 1970. */
  expiresAt: string;
}

export interface PolicyResult {
  principalId: string;
  policyDocument: {
    Version: '2012-10-17';
    Statement: {
      Action: 'execute-api:Invoke';
      Effect: 'Allow';
      Resource: string;
      Condition: { DateLessThan: { 'aws:CurrentTime': string } };
    }[];
  };
  context: CustomerContext;
}

export interface SimpleResult {
  isAuthorized: boolean;
  context?: CustomerContext;
}

export type AuthorizerResult = PolicyResult | SimpleResult;

export interface AuthorizerOptions extends VerifierOptions {
  /**
   * Header that carries the token, with `Bearer` in front or not. A TOKEN authorizer has its own setting for that.
   * @default 'Authorization'
   */
  header?: string;
}

/**
 * Makes the handler of a Lambda authorizer for REST APIs (TOKEN and REQUEST) and HTTP APIs (payload format 2.0, simple
 * responses). API Gateway's own JWT authorizer cannot verify this token: it knows asymmetric algorithms only.
 *
 * Set the authorizer's result TTL to 0: a cached answer of an HTTP API outlives the token, and a cached policy of a REST
 * API, which names one method, blocks the others. The integration takes the identity from `requestContext.authorizer`
 * only (for an HTTP API `requestContext.authorizer.lambda`), never from the body.
 *
 * @returns a handler; it throws `Unauthorized`, which REST APIs turn into 401, or answers `isAuthorized: false`
 * @throws TypeError when an option is missing or unsafe
 * @example
 * export const handler = createAuthorizer({
 *   apps: [{ clientId, clientSecret }],
 *   storeHashes: ['abc123'],
 * });
 */
export function createAuthorizer(
  options: AuthorizerOptions,
): (event: AuthorizerEvent) => Promise<AuthorizerResult> {
  const { header = 'Authorization' } = options;
  const verify = createVerifier(options);

  return async (event) => {
    const customer = await identify(readToken(event, header));
    if ('methodArn' in event) {
      // The one word that API Gateway turns into 401; anything else would be a 500.
      if (!customer) throw new Error('Unauthorized');
      return allow(customer, event.methodArn);
    }
    return customer ? { isAuthorized: true, context: toContext(customer) } : { isAuthorized: false };
  };

  /** Past `exp` nobody is let in, whatever the tolerance: the policy below ends there too. */
  async function identify(token: string): Promise<CurrentCustomer | undefined> {
    try {
      const customer = await verify(token);
      return customer.expiresAt > Date.now() / 1000 ? customer : undefined;
    } catch (error) {
      if (error instanceof CustomerTokenError) return undefined;
      throw error;
    }
  }
}

function readToken(event: AuthorizerEvent, header: string): string {
  const value = event.type === 'TOKEN' ? event.authorizationToken : findHeader(event.headers, header);
  return (value ?? '').replace(/^Bearer /i, '');
}

/** REST APIs keep the case that the client wrote, HTTP APIs write small letters. */
function findHeader(headers: Headers | null | undefined, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function toContext(customer: CurrentCustomer): CustomerContext {
  const { customerId, email, groupId, storeHash, clientId, expiresAt } = customer;
  return {
    customerId: String(customerId),
    email,
    groupId: String(groupId),
    storeHash,
    clientId,
    expiresAt: String(expiresAt),
  };
}

function allow(customer: CurrentCustomer, methodArn: string): PolicyResult {
  return {
    principalId: `${customer.storeHash}/${customer.customerId}`,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: 'Allow',
          Resource: methodArn,
          // Should somebody switch caching on, the policy still ends with the token.
          Condition: {
            DateLessThan: { 'aws:CurrentTime': new Date(customer.expiresAt * 1000).toISOString() },
          },
        },
      ],
    },
    context: toContext(customer),
  };
}
