// One token request for all who ask at the same time.
import { failure } from './errors.js';
import { inTime } from './http.js';
import type { CustomerDataOptions } from './options.js';
import { share } from './share.js';
import { expectToken } from './token.js';
import { ENDPOINT, storefrontTokenSource, type TokenContext, type TokenReason } from './token-sources.js';

/** Who would get the same token: the endpoint's address or the source function itself, and the app. */
export function sourceKey({ tokenSource, tokenUrl, appClientId }: CustomerDataOptions): readonly unknown[] {
  return [tokenSource ?? tokenUrl, appClientId];
}

/**
 * Joins the request that is under way for the same source and app, or starts one; `null` for a guest. Each who waits
 * has a time limit of their own.
 *
 * @throws {CustomerWidgetError} as the source does; anything else that it throws becomes `token-unavailable`.
 */
export function tokenInTime(
  options: CustomerDataOptions,
  signal: AbortSignal,
  reason: TokenReason,
): Promise<string | null> {
  return inTime(ENDPOINT, options.timeout, signal, ask, undefined);

  function ask(limited: AbortSignal): Promise<string | null> {
    return share(sourceKey(options), { signal: limited }, (shared) =>
      tokenFrom(options, { signal: shared.signal, reason }),
    );
  }
}

async function tokenFrom(options: CustomerDataOptions, context: TokenContext): Promise<string | null> {
  try {
    const source = options.tokenSource ?? storefrontTokenSource(options);
    const token = await source(context);
    return token === null ? null : await expectToken(token);
  } catch (cause) {
    throw context.signal.aborted ? cause : await failure('token-unavailable: source', '', cause);
  }
}
