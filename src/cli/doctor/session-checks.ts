// The checks of the signed-in flow: each goes on only where the one before it did not fail.
import * as backend from './backend.js';
import type { Evidence, Subject } from './evidence.js';
import { ok, skipped, type Checks, type Result } from './finding.js';
import * as session from './session.js';
import { judgeGuestToken, judgeStorefront } from './storefront.js';

export function sessionChecks(
  evidence: Evidence,
  { clientId, storefront, backend: url, tokenUrl }: Subject,
): Checks {
  const endpoint = async () => judgeGuestToken(await evidence.guestToken(), tokenUrl !== undefined);
  const cookie = async () =>
    judgeStorefront(await evidence.guestPage()).verdict === 'failure'
      ? skipped('The storefront itself fails.')
      : session.judgeCookie(await required(evidence.account()));
  const token = async () => {
    if ((await cookie()).verdict === 'failure') return skipped('Nobody is signed in.');
    if ((await endpoint()).verdict === 'failure') return skipped('The token endpoint fails already.');
    return session.judgeToken(await required(evidence.tokenReply()), await evidence.token());
  };
  const claims = async () =>
    (await token()).verdict === 'ok'
      ? session.judgeClaims((await evidence.token()) ?? '', clientId)
      : skipped('There is no token.');
  /** The token goes out only where it should be taken. */
  const ifGood = (check: () => Promise<Result>) => async () => {
    const [judged, answer] = [await claims(), backend.judgeAnswer(await evidence.withoutToken())];
    if (judged.verdict === 'failure' || judged.verdict === 'skipped')
      return skipped('There is no good token.');
    return answer.verdict === 'failure' ? skipped('The backend does not answer as it should.') : check();
  };
  /** Where its CORS headers are missing, which has been said, it is asked as a server would. */
  const exchange = async () => {
    const { origin } = storefront;
    const isSameOrigin = url.origin === origin;
    const cors = backend.judgeCors(await evidence.fromPage(), { origin, isSameOrigin });
    const isFromPage = !isSameOrigin && cors.verdict !== 'failure';
    return { isFromPage, attempt: await evidence.exchange(isFromPage ? origin : undefined) };
  };
  return {
    'session-cookie': cookie,
    'session-token': token,
    'session-claims': claims,
    'session-exchange': ifGood(async () => {
      const { isFromPage, attempt } = await exchange();
      const storeHash = String((await evidence.claims())?.storeHash);
      return session.judgeExchange(attempt, storeHash, isFromPage);
    }),
    'session-no-store': ifGood(async () =>
      backend.judgeNoStore((await exchange()).attempt, 'The answer to the shopper'),
    ),
    'session-forgery': ifGood(async () => {
      const earlier = backend.judgeRefusal('', await evidence.withUnsigned(), ok(''));
      if (earlier.verdict === 'failure') return skipped('Unsigned tokens are accepted already.');
      const forgery = await evidence.withoutSignature();
      return backend.judgeRefusal("The shopper's own token without its signature", forgery, ok(''));
    }),
  };
}

/** Whether somebody is signed in, as far as anybody can tell. */
export async function isSignedIn({ account }: Evidence): Promise<boolean> {
  return session.judgeCookie(await required(account())).verdict === 'ok';
}

async function required<Value>(promise: Promise<Value | undefined>): Promise<Value> {
  const value = await promise;
  if (value === undefined) throw new Error('There is a cookie, so this was asked.');
  return value;
}
