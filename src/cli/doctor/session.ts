// What a signed-in shopper's requests come to. The token is a local value and in no sentence.
import { isPage, isRedirect, isReply, redirectTarget, type Attempt } from './ask.js';
import { TOLERANCE, unfitBody } from './backend.js';
import { failure, ok, skipped, warning, type Result } from './finding.js';
import { readClaims } from './tokens.js';

/** The account page, asked with the cookie: who is not signed in is sent away. */
export function judgeCookie(account: Attempt): Result {
  if (!isReply(account)) return failure(`The account page ${account.failed}.`, 'Run doctor again.');
  const { status } = account;
  if (status === 200) return ok('The cookie belongs to somebody who is signed in.');
  if (status === 404) return skipped('There is no /account.php here to tell whether the cookie is good.');
  if (isRedirect(account)) {
    const target = redirectTarget(account)?.pathname ?? 'elsewhere';
    return failure(
      `The cookie signs nobody in: /account.php redirects to ${target}.`,
      'Sign in, and copy the header Cookie of the page from the network panel of the developer tools.',
    );
  }
  return failure(`The account page answers ${status}.`, 'Run doctor again.');
}

export function judgeToken(attempt: Attempt, token: string | null | undefined): Result {
  if (!isReply(attempt)) return failure(`The token endpoint ${attempt.failed}.`, 'Run doctor again.');
  if (token) return ok('The token endpoint gives a token.');
  const { status } = attempt;
  const isGuest = token === null || status === 204 || status === 401;
  if (isGuest || (status === 404 && !isPage(attempt))) {
    return failure(
      'The token endpoint takes the shopper for a guest.',
      'Use the client ID of an app-level API account (developer portal), without a typo, and a cookie that is still good.',
    );
  }
  const what = status === 200 ? 'something that is not a token' : `${status}`;
  return failure(
    `The token endpoint answers ${what} to the shopper.`,
    'Compare with what it says to a guest.',
  );
}

export function judgeClaims(token: string, clientId: string): Result {
  const claims = readClaims(token);
  if (!claims) return failure('The token cannot be read.', 'Let the token endpoint answer with a JWT.');
  const { algorithm, issuer, audience, operation, subject, storeHash, expiresAt } = claims;
  if (audience !== clientId) {
    return failure(
      'The token is for another app than this client ID: its aud is another one.',
      'Use the same app-level API account on the page and in the backend.',
    );
  }
  if (algorithm !== 'HS512' && algorithm !== 'HS256') {
    return failure(
      'The token is signed with neither HS512 nor HS256.',
      'Sign it with HS512, as BigCommerce does.',
    );
  }
  if (operation !== 'current_customer' || subject !== storeHash) {
    return failure(
      'The token is no Current Customer token: its operation or its sub is another one.',
      'Let the token endpoint answer with what BigCommerce or signCurrentCustomer makes.',
    );
  }
  const seconds = Math.round(Number(expiresAt) - Date.now() / 1000);
  if (!(seconds > -TOLERANCE)) {
    return failure(
      "The token has expired by this computer's clock.",
      'Set the clock; if it is right, a cache keeps tokens: exclude the token endpoint from it.',
    );
  }
  if (seconds < 30) {
    return warning(
      'The token is about to expire.',
      'The store makes the next one then; run doctor again in a minute.',
    );
  }
  const whose = issuer === 'bc/apps' ? "BigCommerce's" : "another issuer's";
  return ok(`The token is ${whose}, for this app, ${algorithm}, and good for ${seconds} s.`);
}

/** @param needsCors false where the backend is on the storefront's origin, or its lack of CORS has been said */
export function judgeExchange(attempt: Attempt, storeHash: string, needsCors: boolean): Result {
  if (!isReply(attempt)) return failure(`The backend ${attempt.failed}.`, 'Run doctor again.');
  const { status, incomplete, headers } = attempt;
  if (incomplete) return failure(`The backend ${incomplete}.`, 'Look into its log.');
  if (status === 401) {
    return attempt.body.includes('"token_expired"')
      ? failure(
          'The backend says that the token has expired, although it has not.',
          "Set the backend's clock: it is ahead.",
        )
      : failure(
          "The backend refuses the shopper's token (401).",
          `Give it the secret of this very app, let it allow HS512, and list ${storeHash} in storeHashes.`,
        );
  }
  if (status === 403) {
    return failure(
      'The backend answers 403 to the shopper.',
      'Let it allow the customers who see the widget.',
    );
  }
  if (status === 204) return ok('The backend has nothing for this shopper yet (204).');
  if (status !== 200) {
    return failure(
      `The backend answers ${status} to the shopper.`,
      'Look into its log: onError has the reason.',
    );
  }
  const unfit = unfitBody(attempt);
  if (unfit)
    return failure(`The backend answers with ${unfit}.`, 'Answer with a JSON object: a CustomerCard.');
  if (needsCors && !headers.has('access-control-allow-origin')) {
    return failure(
      'The answer to the shopper has no Access-Control-Allow-Origin: the page cannot read it.',
      'Send it on every answer.',
    );
  }
  return ok(`The backend answers the shopper with a JSON object (${attempt.body.length} bytes).`);
}
