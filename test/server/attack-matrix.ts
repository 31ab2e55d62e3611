/** Tokens as data: what an honest store sends and what it never would, each with the verdict that is right for it. */
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { CustomerTokenErrorCode } from '../../src/server/index.js';

/** One token and the right verdict: `accept`, or the code of the refusal. */
export interface AttackRow {
  name: string;
  token: string;
  verdict: 'accept' | CustomerTokenErrorCode;
}

/** Whom the matrix takes for the honest app. All of it is made up. */
export const app = {
  clientId: '6sv16demo0000000000000000client',
  clientSecret: 'demo0secret0demo0secret0demo0se',
  storeHash: 'demo123',
};

/** Seconds that the verifiers under test must allow clocks to differ. */
export const clockTolerance = 60;

type Json = Record<string, unknown>;

/** Builds the whole matrix around one moment, in seconds. */
export function attackMatrix(now = Math.floor(Date.now() / 1000)): AttackRow[] {
  const claims = honestClaims(now);
  const customer = claims.customer;

  const row = (name: string, verdict: AttackRow['verdict'], token: string): AttackRow => ({
    name,
    token,
    verdict,
  });
  /** A row whose token is honestly signed; only its claims differ. `undefined` removes a claim. */
  const claim = (name: string, verdict: AttackRow['verdict'], changes: Json): AttackRow =>
    row(name, verdict, forge({ payload: { ...claims, ...changes } }));
  /** A row whose header differs. */
  const header = (name: string, verdict: AttackRow['verdict'], changes: Json): AttackRow =>
    row(name, verdict, forge({ header: { typ: 'JWT', alg: 'HS512', ...changes }, payload: claims }));

  const honest = forge({ payload: claims });
  const [head = '', body = '', mac = ''] = honest.split('.');
  const bytes = (part: string): Buffer => Buffer.from(part, 'base64url');
  const text = JSON.stringify(claims);

  return [
    // What honest stores send
    row('a live token, HS512', 'accept', honest),
    row(
      'the documented sample, HS256',
      'accept',
      forge({ header: { alg: 'HS256', typ: 'JWT' }, payload: claims }),
    ),
    header('no typ', 'accept', { typ: undefined }),
    header('a kid, which nothing looks up', 'accept', { kid: '../../dev/null' }),
    row('slashes escaped as PHP does', 'accept', forgeText(text.replaceAll('/', '\\/'))),
    row('spaces between the claims', 'accept', forgeText(JSON.stringify(claims, null, 1))),
    claim('an e-mail with letters beyond ASCII', 'accept', {
      customer: { ...customer, email: 'žofie@příklad.example' },
    }),
    claim('a group', 'accept', { customer: { ...customer, group_id: '7' } }),
    claim('a group as a number', 'accept', { customer: { ...customer, group_id: 7 } }),
    claim('a group that is null', 'accept', { customer: { ...customer, group_id: null } }),
    claim('no group', 'accept', { customer: { ...customer, group_id: undefined } }),
    claim("the documented sample's application_id, unlike aud", 'accept', { application_id: 'another' }),
    claim('a claim that nobody knows', 'accept', { channel_id: 1 }),
    claim('ten seconds left', 'accept', { iat: now - 890, exp: now + 10 }),
    claim('a clock 45 seconds behind', 'accept', { iat: now + 45, exp: now + 945 }),
    claim('a clock 45 seconds ahead', 'accept', { iat: now - 945, exp: now - 45 }),
    claim('a shorter life', 'accept', { exp: now + 60 }),
    claim('a life longer by less than the tolerance', 'accept', { exp: now + 930 }),
    claim('nbf in the past', 'accept', { nbf: now - 5 }),

    // Form
    row('nothing', 'token_missing', ''),
    row('words', 'token_malformed', 'not a token'),
    row('two parts', 'token_malformed', `${head}.${body}`),
    row('four parts', 'token_malformed', `${honest}.${mac}`),
    row('an empty header', 'token_malformed', `.${body}.${mac}`),
    row('an empty payload', 'token_malformed', `${head}..${mac}`),
    row('an empty signature', 'token_malformed', `${head}.${body}.`),
    row('a padded signature', 'token_malformed', `${honest}==`),
    row('a newline at the end', 'token_malformed', `${honest}\n`),
    row('a space in front', 'token_malformed', ` ${honest}`),
    row('a line break inside', 'token_malformed', `${head}.${body.slice(0, 9)}\n${body.slice(9)}.${mac}`),
    row('letters of base64, not base64url', 'token_malformed', `${head}.${body}.+/${mac.slice(2)}`),
    row('another last character for the same bytes', 'token_malformed', nonCanonical(honest)),
    row('quoted as JSON', 'token_malformed', JSON.stringify(honest)),
    row('the JSON answer of the storefront', 'token_malformed', JSON.stringify({ token: honest })),
    row(
      'a JWS in JSON form',
      'token_malformed',
      JSON.stringify({ protected: head, payload: body, signature: mac }),
    ),
    row('an encrypted token, five parts', 'token_malformed', `${head}.${body}.${mac}.${mac}.${mac}`),
    row(
      'longer than 4096 characters',
      'token_too_large',
      forge({ payload: { ...claims, more: 'x'.repeat(4096) } }),
    ),

    // Header
    row('a header that is not JSON', 'header_invalid', forgeText(text, '{"alg":"HS512"')),
    row('a header that is a list', 'header_invalid', forgeText(text, '["HS512"]')),
    header('no alg', 'header_invalid', { alg: undefined }),
    header('an alg that is a list', 'header_invalid', { alg: ['HS512'] }),
    header('a crit that nobody knows', 'header_critical', { crit: ['demo'], demo: true }),
    header('an empty crit', 'header_invalid', { crit: [] }),
    header('crit b64, payload encoded as usual', 'header_critical', { crit: ['b64'], b64: true }),

    // Algorithm
    row('alg none, any signature', 'algorithm_not_allowed', `${encode({ alg: 'none' })}.${body}.${mac}`),
    row('alg NoNe, any signature', 'algorithm_not_allowed', `${encode({ alg: 'NoNe' })}.${body}.${mac}`),
    row('alg none, no signature', 'token_malformed', `${encode({ alg: 'none' })}.${body}.`),
    row('HS384', 'algorithm_not_allowed', forge({ header: { typ: 'JWT', alg: 'HS384' }, payload: claims })),
    row('hs512 in small letters', 'algorithm_not_allowed', forgeText(text, '{"typ":"JWT","alg":"hs512"}')),
    row('RS256 with a key of its own', 'algorithm_not_allowed', forgeWithOwnKey(claims)),
    row(
      'the HS512 signature called HS256',
      'signature_invalid',
      `${encode({ typ: 'JWT', alg: 'HS256' })}.${body}.${mac}`,
    ),

    // Signature
    row(
      'another secret',
      'signature_invalid',
      forge({ payload: claims, secret: 'another0secret0another0secret00a' }),
    ),
    row('an empty secret', 'signature_invalid', forge({ payload: claims, secret: '' })),
    row('the client ID as secret', 'signature_invalid', forge({ payload: claims, secret: app.clientId })),
    row('a secret in the header (jwk)', 'signature_invalid', forgeWithEmbeddedSecret(claims)),
    row('one changed bit in the signature', 'signature_invalid', `${head}.${body}.${flipFirst(mac)}`),
    row(
      'half the signature',
      'signature_invalid',
      `${head}.${body}.${bytes(mac).subarray(0, 32).toString('base64url')}`,
    ),
    row(
      'the payload of another customer',
      'signature_invalid',
      withPayload(honest, { ...claims, customer: { ...customer, id: 2 } }),
    ),
    row(
      'a header changed after signing',
      'signature_invalid',
      `${encode({ alg: 'HS512', typ: 'JWT' })}.${body}.${mac}`,
    ),
    row('not signed, and every claim wrong', 'signature_invalid', withPayload(honest, {})),

    // Payload
    row('a payload that is not JSON', 'payload_invalid', forgeText('{"customer":')),
    row('a payload that is a list', 'payload_invalid', forgeText(`[${text}]`)),
    row('a payload that is null', 'payload_invalid', forgeText('null')),
    row('a payload that is a string', 'payload_invalid', forgeText(JSON.stringify(text))),
    row(
      'a payload that is not UTF-8',
      'payload_invalid',
      forgeText(Buffer.from(text.replace('@', '\xff@'), 'latin1')),
    ),
    row('claims behind __proto__', 'issuer_mismatch', forgeText(`{"__proto__":${text}}`)),

    // Issuer, audience, purpose
    claim('another issuer', 'issuer_mismatch', { iss: 'bc' }),
    claim('no issuer', 'issuer_mismatch', { iss: undefined }),
    claim('an issuer in a list', 'issuer_mismatch', { iss: ['bc/apps'] }),
    claim('another app', 'audience_mismatch', { aud: 'another-app', application_id: 'another-app' }),
    claim('no audience', 'audience_mismatch', { aud: undefined }),
    claim('audiences, ours among them', 'audience_mismatch', { aud: [app.clientId, 'another-app'] }),
    claim('audiences, ours alone', 'audience_mismatch', { aud: [app.clientId] }),
    claim('a login token', 'operation_mismatch', { operation: 'customer_login' }),
    claim('a session sync token', 'operation_mismatch', { operation: 'session_sync' }),
    claim('no operation', 'operation_mismatch', { operation: undefined }),
    row('an app-load token', 'issuer_mismatch', forge({ payload: appLoadClaims(now) })),
    row('a Customer Login token', 'issuer_mismatch', forge({ payload: customerLoginClaims(now) })),

    // Store
    claim('another store', 'store_not_allowed', { store_hash: 'other99', sub: 'other99' }),
    claim('no store', 'store_not_allowed', { store_hash: undefined, sub: undefined }),
    claim('stores in a list', 'store_not_allowed', { store_hash: [app.storeHash] }),
    claim('our store in other letters', 'store_not_allowed', { store_hash: 'DEMO123', sub: 'DEMO123' }),
    claim('another sub', 'subject_mismatch', { sub: 'other99' }),
    claim('no sub', 'subject_mismatch', { sub: undefined }),
    claim('sub written as stores/…', 'subject_mismatch', { sub: `stores/${app.storeHash}` }),

    // Times
    claim('expired', 'token_expired', { iat: now - 1000, exp: now - 100 }),
    claim('expired in 1970', 'token_expired', { iat: 0, exp: 1 }),
    claim('milliseconds', 'issued_in_future', { iat: now * 1000, exp: now * 1000 + 900 }),
    claim('no exp', 'expiry_invalid', { exp: undefined }),
    claim('exp as a string', 'expiry_invalid', { exp: String(now + 900) }),
    claim('exp with a fraction', 'expiry_invalid', { exp: now + 899.5 }),
    claim('exp null', 'expiry_invalid', { exp: null }),
    claim('exp before iat', 'expiry_invalid', { iat: now + 30, exp: now + 10 }),
    row('exp without end', 'expiry_invalid', forgeText(text.replace(`"exp":${now + 900}`, '"exp":1e400'))),
    claim('exp in ten years', 'lifetime_too_long', { exp: now + 315_360_000 }),
    claim('a life of an hour', 'lifetime_too_long', { exp: now + 3600 }),
    claim('no iat', 'issued_at_invalid', { iat: undefined }),
    claim('iat as a string', 'issued_at_invalid', { iat: String(now) }),
    claim('iat in an hour', 'issued_in_future', { iat: now + 3600, exp: now + 4500 }),
    claim('nbf in an hour', 'not_yet_valid', { nbf: now + 3600 }),
    claim('nbf as a string', 'not_yet_valid', { nbf: String(now) }),

    // Customer
    claim('no customer', 'customer_invalid', { customer: undefined }),
    claim('a customer that is null', 'customer_invalid', { customer: null }),
    claim('a customer that is a number', 'customer_invalid', { customer: 1 }),
    claim('customers in a list', 'customer_invalid', { customer: [customer] }),
    claim('customer 0, which is every guest', 'customer_invalid', { customer: { ...customer, id: 0 } }),
    claim('a negative customer', 'customer_invalid', { customer: { ...customer, id: -1 } }),
    claim('half a customer', 'customer_invalid', { customer: { ...customer, id: 1.5 } }),
    claim('a customer id as a string', 'customer_invalid', { customer: { ...customer, id: '1' } }),
    claim('a customer id beyond exact numbers', 'customer_invalid', {
      customer: { ...customer, id: 2 ** 53 },
    }),
    claim('no customer id', 'customer_invalid', { customer: { ...customer, id: undefined } }),
    claim('no e-mail', 'customer_invalid', { customer: { ...customer, email: undefined } }),
    claim('a group that is a word', 'customer_invalid', { customer: { ...customer, group_id: 'vip' } }),
  ];
}

/** The claims of a live token, in its order. */
export function honestClaims(now: number) {
  return {
    customer: { id: 1, email: 'ada@example.com', group_id: '0' },
    iss: 'bc/apps',
    sub: app.storeHash,
    iat: now,
    exp: now + 900,
    version: 1,
    aud: app.clientId,
    application_id: app.clientId,
    store_hash: app.storeHash,
    operation: 'current_customer',
  };
}

/** Signs anything with anything. */
export function forge({
  header = { typ: 'JWT', alg: 'HS512' },
  payload,
  secret = app.clientSecret,
}: {
  header?: Json;
  payload: Json;
  secret?: string;
}): string {
  return forgeText(JSON.stringify(payload), JSON.stringify(header), secret);
}

function forgeText(
  payload: string | Buffer,
  header = '{"typ":"JWT","alg":"HS512"}',
  secret = app.clientSecret,
): string {
  const signed = `${Buffer.from(header).toString('base64url')}.${Buffer.from(payload).toString('base64url')}`;
  const size = /HS(256|384)/.exec(header)?.[1] ?? '512';
  return `${signed}.${createHmac(`sha${size}`, secret).update(signed).digest('base64url')}`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function withPayload(token: string, payload: Json): string {
  const [header, , signature] = token.split('.');
  return `${header}.${encode(payload)}.${signature}`;
}

function flipFirst(part: string): string {
  return `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}`;
}

/** An HS512 signature leaves two characters' worth of slack: A, Q, g, w are the last characters that encoders write. */
function nonCanonical(token: string): string {
  return `${token.slice(0, -1)}${String.fromCharCode(token.charCodeAt(token.length - 1) + 1)}`;
}

function forgeWithOwnKey(claims: Json): string {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signed = `${encode({ alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }) })}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

function forgeWithEmbeddedSecret(claims: Json): string {
  const secret = 'attacker0secret0attacker0secret';
  const jwk = { kty: 'oct', k: Buffer.from(secret).toString('base64url') };
  return forge({ header: { typ: 'JWT', alg: 'HS512', jwk }, payload: claims, secret });
}

/** `signed_payload_jwt`, which a store signs with the same secret when an app is opened in the control panel. */
function appLoadClaims(now: number): Json {
  return {
    aud: app.clientId,
    iss: 'bc',
    iat: now,
    nbf: now - 5,
    exp: now + 900,
    jti: 'demo',
    sub: `stores/${app.storeHash}`,
    user: { id: 1, email: 'owner@example.com' },
    owner: { id: 1, email: 'owner@example.com' },
    url: '/',
    channel_id: null,
  };
}

function customerLoginClaims(now: number): Json {
  return {
    iss: app.clientId,
    iat: now,
    jti: 'demo',
    operation: 'customer_login',
    store_hash: app.storeHash,
    customer_id: 1,
  };
}
