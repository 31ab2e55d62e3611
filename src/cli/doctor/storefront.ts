// What a storefront answers to somebody who is not signed in.
import { isPage, isRedirect, isReply, redirectTarget, type Attempt } from './ask.js';
import { failure, ok, warning, type Result } from './finding.js';
import { readToken } from './tokens.js';

export function judgeStorefront(attempt: Attempt): Result {
  if (!isReply(attempt)) return failure(`The storefront ${attempt.failed}.`, 'Check its address.');
  const { status, url } = attempt;
  if (isRedirect(attempt)) {
    const target = redirectTarget(attempt);
    if (target && target.origin !== url.origin) {
      return failure(
        `The storefront redirects to ${target.origin}, another origin.`,
        `Run doctor with ${target.href}, and let the backend allow that origin.`,
      );
    }
    return warning(
      `The page redirects to ${target?.pathname ?? 'elsewhere'}.`,
      'Run doctor with the address of a page that shows the widget.',
    );
  }
  if (status >= 400) {
    return failure(`The storefront answers ${status}.`, 'Check the address, and whether the store is open.');
  }
  return ok(`${url.origin} answers.`);
}

/**
 * A guest's request for a token.
 *
 * @param isRoute the address was given: a headless route may also answer 401, 204 or `{ "token": null }`
 */
export function judgeGuestToken(attempt: Attempt, isRoute: boolean): Result {
  if (!isReply(attempt)) return failure(`The token endpoint ${attempt.failed}.`, 'Run doctor again later.');
  const { status } = attempt;
  const body = attempt.body.toString();
  const guest = ok('The token endpoint is there and says that nobody is signed in.');
  if (isRoute && (status === 204 || status === 401)) return guest;
  if (status === 200) {
    const token = readToken(body);
    if (token === null && isRoute) return guest;
    if (token) {
      return failure(
        'SECURITY: the token endpoint hands out a token to a request without any cookie.',
        "A cache in between keeps a customer's token: exclude this path from it.",
      );
    }
    if (body === '') {
      return failure(
        'The token endpoint answers 200 with nothing, as the cache of stencil start does.',
        'Run stencil start --no-cache.',
      );
    }
    const what = isPage(attempt) ? 'a page' : 'something that is not a token';
    return failure(
      `The token endpoint answers 200 with ${what}.`,
      'Something else answers at this path: ' + ROUTE,
    );
  }
  if (status === 404) {
    if (isPage(attempt) || !body.includes('errors')) {
      return failure(
        'There is no token endpoint (404 with a page): this is not a host that BigCommerce serves, as on a headless domain.',
        'Set tokenSource on the element and give its route with --token-url, or run doctor with the Stencil host.',
      );
    }
    return guest;
  }
  if (isRedirect(attempt)) {
    const target = redirectTarget(attempt)?.pathname ?? 'elsewhere';
    return failure(`The token endpoint redirects to ${target}.`, `It should answer 404 to a guest: ${ROUTE}`);
  }
  return failure(`The token endpoint answers ${status}.`, statusFix(status));
}

const ROUTE = 'look at what is between browser and store (proxy, firewall, app).';

function statusFix(status: number): string {
  if (status === 429) return 'Wait and run doctor again; if shoppers see it, fewer requests must be made.';
  if (status >= 500) return "The store fails: run doctor again later, and look at BigCommerce's status page.";
  return `It should answer 404 to a guest: ${ROUTE}`;
}
