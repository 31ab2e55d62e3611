// All that doctor asks. Each question is asked once; every check judges from the answers.
import { isReply, type Ask, type Attempt } from './ask.js';
import { readPage, type Page } from './page.js';
import {
  forged,
  garbageToken,
  inventedPayload,
  payloadOf,
  readClaims,
  readToken,
  unsigned,
} from './tokens.js';
import { isBundled, partsOf, widgetScripts } from './widget-script.js';

export interface Subject {
  /** The page to look at. */
  storefront: URL;
  clientId: string;
  backend: URL;
  /** The storefront's own endpoint unless given. */
  tokenUrl?: URL | undefined;
  /** Value of a `Cookie` header; sent to the storefront only. */
  cookie?: string | undefined;
}

export type Evidence = ReturnType<typeof gather>;

export function gather({ storefront, clientId, backend, tokenUrl, cookie }: Subject, ask: Ask) {
  const { origin } = storefront;
  const endpoint = tokenUrl ?? new URL('/customer/current.jwt', origin);
  endpoint.searchParams.set('app_client_id', clientId);
  const withCookie = cookie === undefined ? undefined : { headers: { cookie } };

  const guestPage = once(() => ask(storefront));
  const guestToken = once(() => ask(endpoint));
  /** Signed in; undefined without a cookie. */
  const account = once(async () => withCookie && ask(new URL('/account.php', origin), withCookie));
  const tokenReply = once(async () => withCookie && ask(endpoint, withCookie));

  const preflight = (method: string, headers: string) =>
    ask(backend, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': headers,
      },
    });
  const askBackend = (token?: string, from?: string) =>
    ask(backend, {
      headers: {
        accept: 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...(from && { origin: from }),
      },
    });

  /** The page that has the element: the given one, or with a cookie the account page, where `add` puts it. */
  const widgetPage = once(async (): Promise<Page | undefined> => {
    const signedIn = Promise.resolve(withCookie && ask(storefront, withCookie));
    const pages = (await Promise.all([guestPage(), signedIn, account()])).flatMap(
      (reply) => (reply && readPage(reply)) ?? [],
    );
    return pages.find(({ widgets }) => widgets.length > 0) ?? pages[cookie ? 1 : 0] ?? pages[0];
  });
  const scripts = once(async () => {
    const page = await widgetPage();
    return page ? widgetScripts(page) : [];
  });
  const scriptFile = once(async (): Promise<Attempt | undefined> => {
    const [script] = await scripts();
    return script && ask(script.address, { headers: { origin } });
  });
  const scriptParts = once(async () => {
    const [[script], file] = await Promise.all([scripts(), scriptFile()]);
    const found = new Map<string, Attempt>();
    // A part may load another one.
    for (let next = script && file ? partsOf(script.address, file) : []; next.length > 0;) {
      const asked = next.map(async (part) => [part, await ask(part, { headers: { origin } })] as const);
      const replies = await Promise.all(asked);
      for (const [part, reply] of replies) found.set(part.href, reply);
      next = replies.flatMap(([part, reply]) => partsOf(part, reply)).filter(({ href }) => !found.has(href));
    }
    return found;
  });
  const bundled = once(async () => {
    const page = await widgetPage();
    return page !== undefined && isBundled(page, ask);
  });

  /** What a token of this store would say; BigCommerce's pages name the store in the addresses of their files. */
  const invented = once(async () => {
    const page = await guestPage();
    const html = isReply(page) ? page.body.toString() : '';
    const storeHash = /bigcommerce\.com\/s-(\w+)/.exec(html)?.[1] ?? /store-(\w+)\./.exec(origin)?.[1];
    return inventedPayload(clientId, storeHash ?? 'unknown');
  });

  const token = async () => {
    const reply = await tokenReply();
    return reply && isReply(reply) && reply.status === 200 ? readToken(reply.body.toString()) : undefined;
  };

  const evidence = {
    guestPage,
    guestToken,
    preflight: once(() => preflight('GET', 'authorization')),
    actionPreflight: once(() => preflight('POST', 'authorization,content-type,idempotency-key')),
    withoutToken: once(() => askBackend()),
    /** As a page of the storefront would ask; the others are asked as a server would. */
    fromPage: once(() => askBackend(garbageToken, backend.origin === origin ? undefined : origin)),
    withGarbage: once(() => askBackend(garbageToken)),
    withUnsigned: once(async () => askBackend(unsigned(await invented()))),
    withForged: once(async () => askBackend(forged(await invented()))),
    widgetPage,
    scripts,
    scriptFile,
    scriptParts,
    bundled,
    account,
    tokenReply,
    token,
    claims: async () => readClaims((await token()) ?? ''),
    /** With the shopper's token; as a page of this origin where one is given. */
    exchange: once(async (from: string | undefined) => askBackend((await token()) ?? undefined, from)),
    /** The shopper's own claims, which pass every check but that of the signature. */
    withoutSignature: once(async () => askBackend(unsigned(payloadOf((await token()) ?? '')))),
  };
  // What needs no other answer is asked at once: a side that hangs is waited for only once.
  const { actionPreflight, withoutToken, fromPage, withGarbage, withUnsigned, withForged } = evidence;
  const ofStorefront = [widgetPage, guestToken, tokenReply];
  const ofBackend = [evidence.preflight, actionPreflight, withoutToken, fromPage, withGarbage];
  for (const begin of [...ofStorefront, ...ofBackend, withUnsigned, withForged]) void begin();
  return evidence;
}

/** What it is called with first counts. */
function once<Given extends unknown[], Value>(run: (...given: Given) => Promise<Value>): typeof run {
  let running: Promise<Value> | undefined;
  return (...given) => {
    running ??= run(...given);
    // Nobody may wait for it yet, or at all.
    running.catch(() => undefined);
    return running;
  };
}
