/** Turns options into whom to trust, and refuses options that would trust too much. */
import { algorithms, assertSecret, type Algorithm } from './secret.js';

/** An app-level API account. */
export interface App {
  clientId: string;
  clientSecret: string;
}

/** An issuer beside the platform: a headless store that signs tokens of the same shape itself. */
export interface TrustedIssuer {
  /** What its tokens say in `iss`. */
  issuer: string;
  /** A secret of its own, not the client secret of an app. */
  secret: string;
  /** What its tokens say in `aud`. */
  audience: string;
  /** @default ['HS512', 'HS256'] */
  algorithms?: readonly Algorithm[];
}

export interface TrustOptions {
  /**
   * The stores whose customers may be answered. Required, because an app's secret is the same in every store: without
   * this, customer 5 of one store reads the data of customer 5 of another. `'any'` for an app whose data is keyed by
   * store throughout.
   */
  storeHashes: readonly string[] | 'any';
  /**
   * How far clocks may differ, in seconds, at most 300.
   * @default 60
   */
  clockTolerance?: number | undefined;
  /** Issuers beside the platform. */
  issuers?: readonly TrustedIssuer[] | undefined;
}

export interface VerifierOptions extends TrustOptions {
  /** The apps that are served. Their client IDs are public, their client secrets are not. */
  apps: readonly App[];
}

/** One issuer and audience, and the secret that must have signed for them. */
export interface TrustedKey {
  issuer: string;
  audience: string;
  secret: string;
  algorithms: Algorithm[];
}

export interface Trust {
  keys: readonly [TrustedKey, ...TrustedKey[]];
  storeHashes: readonly string[] | 'any';
  clockTolerance: number;
}

const platformIssuer = 'bc/apps';
const bothAlgorithms: Algorithm[] = [...algorithms];

/** @throws TypeError with a sentence that names the option and the fix */
export function parseTrust({ apps, storeHashes, clockTolerance = 60, issuers }: VerifierOptions): Trust {
  const keys = apps.map(parseApp);
  if (issuers) keys.push(...issuers.map(parseIssuer));
  const [first, ...others] = keys;
  if (!first) throw new TypeError('apps is empty. Give at least one { clientId, clientSecret }.');
  if (others.length > 0) assertDistinct(keys);
  assertStoreHashes(storeHashes);
  if (!(clockTolerance >= 0 && clockTolerance <= 300)) {
    throw new TypeError('clockTolerance must be a number of seconds from 0 to 300.');
  }
  return { keys: [first, ...others], storeHashes, clockTolerance };
}

function parseApp({ clientId, clientSecret }: App): TrustedKey {
  assertText(clientId, 'clientId');
  assertSecret(clientSecret, 'clientSecret');
  return { issuer: platformIssuer, audience: clientId, secret: clientSecret, algorithms: bothAlgorithms };
}

function parseIssuer({
  issuer,
  audience,
  secret,
  algorithms: allowed = algorithms,
}: TrustedIssuer): TrustedKey {
  assertText(issuer, 'issuer');
  assertText(audience, 'audience');
  assertSecret(secret, 'secret');
  if (issuer === platformIssuer) {
    throw new TypeError(`issuers must not name ${platformIssuer}: list the app under apps instead.`);
  }
  if (allowed.length === 0 || !allowed.every((name) => algorithms.includes(name))) {
    throw new TypeError(`algorithms of an issuer must be one or both of ${algorithms.join(' and ')}.`);
  }
  return { issuer, audience, secret, algorithms: [...allowed] };
}

function assertDistinct(keys: readonly TrustedKey[]): void {
  const names = keys.map(({ issuer, audience }) => JSON.stringify([issuer, audience]));
  if (new Set(names).size < names.length) {
    throw new TypeError('Two apps or issuers have the same issuer and audience. Remove one of them.');
  }
}

function assertStoreHashes(storeHashes: unknown): void {
  const isList = Array.isArray(storeHashes) && storeHashes.length > 0;
  if (isList && storeHashes.every((hash) => typeof hash === 'string' && hash !== '')) return;
  if (storeHashes === 'any') return;
  throw new TypeError(
    "storeHashes is missing. List the stores to serve, ['abc123'], or say 'any' if all data is keyed by store.",
  );
}

function assertText(value: unknown, name: string): void {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} is missing or empty.`);
}
