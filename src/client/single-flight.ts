// One token request for all who ask at the same time.
import { CustomerWidgetError } from './errors.js';
import { inTime } from './http.js';
import type { CustomerDataOptions } from './options.js';
import { share } from './share.js';
import { expectToken } from './token.js';
import {
  STOREFRONT_TOKEN_URL,
  storefrontTokenSource,
  type TokenContext,
  type TokenReason,
  type TokenSource,
} from './token-sources.js';

/** Who would get the same token: the endpoint's address or the source function itself, and the app. */
export function sourceKey({ tokenSource, tokenUrl, appClientId }: CustomerDataOptions): readonly unknown[] {
  return [tokenSource ?? tokenUrl ?? STOREFRONT_TOKEN_URL, appClientId];
}

/**
 * Joins the request that is under way for the same source and app, or starts one.
 *
 * @throws {CustomerWidgetError} as the source does; anything else that it throws becomes `token-unavailable`.
 */
function requestToken(
  options: CustomerDataOptions,
  { signal, reason }: TokenContext,
): Promise<string | null> {
  const source = options.tokenSource ?? storefrontTokenSource(options);
  return share(sourceKey(options), { signal }, (shared) =>
    tokenFrom(source, { signal: shared.signal, reason }),
  );
}

/** The same within the time limit. */
export function tokenInTime(
  options: CustomerDataOptions,
  signal: AbortSignal,
  reason: TokenReason,
): Promise<string | null> {
  return inTime('The token endpoint', options.timeout, signal, ask, undefined);

  function ask(limited: AbortSignal): Promise<string | null> {
    return requestToken(options, { reason, signal: limited });
  }
}

async function tokenFrom(source: TokenSource, context: TokenContext): Promise<string | null> {
  try {
    const token = await source(context);
    return token === null ? null : expectToken('The tokenSource', token);
  } catch (cause) {
    throw cause instanceof CustomerWidgetError
      ? cause
      : new CustomerWidgetError('token-unavailable', 'The tokenSource failed: see `cause`.', { cause });
  }
}
