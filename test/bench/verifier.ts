/** The attack matrix beside three JWT libraries, and the price of being strict. */
import { createVerifier as createFastJwtVerifier } from 'fast-jwt';
import { jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { signCurrentCustomer, verifyCurrentCustomer } from '../../src/server/index.js';
import { app, attackMatrix, clockTolerance } from '../server/attack-matrix.js';
import type { Bench, Table, Target } from './support/bench.js';
import { inWords, ratioOf, spreadOf, type Spread } from './support/statistics.js';

const { clientId, clientSecret, storeHash } = app;
const secret = new TextEncoder().encode(clientSecret);
const fast = createFastJwtVerifier({
  key: clientSecret,
  algorithms: ['HS512', 'HS256'],
  allowedIss: 'bc/apps',
  allowedAud: clientId,
  clockTolerance: clockTolerance * 1000,
});
const josePolicy = {
  algorithms: ['HS512', 'HS256'],
  issuer: 'bc/apps',
  audience: clientId,
  clockTolerance,
};

export const ours = 'verifyCurrentCustomer';

/** jose with a key that is imported once, and no policy: any token that is signed and not expired is right. */
export const bare = 'bare jose';

/** Each as a careful developer would set it up: algorithms, issuer, audience, tolerance. */
const verifiers: Record<string, (token: string) => unknown> = {
  [ours]: (token) =>
    verifyCurrentCustomer(token, { clientId, clientSecret, storeHashes: [storeHash], clockTolerance }),
  jose: (token) => jwtVerify(token, secret, josePolicy),
  jsonwebtoken: (token) =>
    jsonwebtoken.verify(token, clientSecret, { ...josePolicy, algorithms: ['HS512', 'HS256'] }),
  'fast-jwt': (token) => fast(token) as unknown,
};
const names = Object.keys(verifiers);

const algorithms = ['HS512', 'HS256'] as const;
type Algorithm = (typeof algorithms)[number];

/** Of bare jose's throughput. */
const promised = 0.8;

export interface Throughput {
  algorithm: Algorithm;
  verifier: string;
  /** Tokens per second. */
  rate: Spread;
  /** Of bare jose's, round by round. */
  ratio: Spread;
}

const bench: Bench<Throughput[]> = async ({ progress, isTiny }) => {
  progress('attack matrix');
  const { tables, failures } = await compareVerdicts();
  const figures: Throughput[] = [];
  for (const algorithm of algorithms) {
    progress(algorithm);
    figures.push(...(await compareSpeed(algorithm, isTiny ? 2 : 60)));
  }
  return {
    tables: [...tables, speedTable(figures)],
    targets: targetsOf(figures),
    failures,
    notes: [],
    figures,
  };
};
export default bench;

/** Who accepts what. Wrong verdicts are marked. */
async function compareVerdicts(): Promise<{ tables: Table[]; failures: string[] }> {
  const accepts = new Map(names.map((name) => [name, 0]));
  const refusals = new Map(names.map((name) => [name, 0]));
  const matrix = attackMatrix();
  const failures: string[] = [];
  const rows: string[][] = [];
  for (const { name: row, token, verdict } of matrix) {
    const right = verdict === 'accept';
    const cells: string[] = [];
    for (const [name, verify] of Object.entries(verifiers)) {
      const isAccepted = await accepted(verify, token);
      const wrong = isAccepted ? accepts : refusals;
      if (isAccepted !== right) wrong.set(name, (wrong.get(name) ?? 0) + 1);
      if (isAccepted !== right && name === ours) failures.push(`The verifier is wrong about: ${row}.`);
      cells.push(`${isAccepted ? 'accept' : 'refuse'}${isAccepted === right ? '' : ' ✗'}`);
    }
    rows.push([row, right ? 'accept' : 'refuse', ...cells]);
  }
  const counts = (wrong: Map<string, number>) => names.map((name) => String(wrong.get(name)));
  return {
    failures,
    tables: [
      { caption: 'Attack matrix', head: ['Token', 'Right', ...names], rows, isDetail: true },
      {
        caption: `Wrong verdicts about ${matrix.length} tokens, honest and forged`,
        head: ['', ...names],
        rows: [
          ['accepted and should not be', ...counts(accepts)],
          ['refused and should not be', ...counts(refusals)],
        ],
      },
    ],
  };
}

async function accepted(verify: (token: string) => unknown, token: string): Promise<boolean> {
  try {
    await verify(token);
    return true;
  } catch {
    return false;
  }
}

const tokensPerRound = 200;

/** All verifiers in turns, so that a slow moment of the machine is slow for all. */
async function compareSpeed(algorithm: Algorithm, rounds: number): Promise<Throughput[]> {
  const tokens = await Promise.all(
    Array.from({ length: tokensPerRound }, (_, index) =>
      signCurrentCustomer({ id: index + 1, email: `customer${index}@example.com` }, { ...app, algorithm }),
    ),
  );
  const hash = algorithm === 'HS512' ? 'SHA-512' : 'SHA-256';
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash }, false, ['verify']);
  const contenders: Record<string, (token: string) => unknown> = {
    ...verifiers,
    [bare]: (token) => jwtVerify(token, key),
  };
  const rates = new Map(Object.keys(contenders).map((name): [string, number[]] => [name, []]));
  // The first rounds, in which the code is compiled, do not count.
  for (let round = -Math.min(rounds, 20); round < rounds; round += 1) {
    for (const [name, verify] of Object.entries(contenders)) {
      const start = performance.now();
      await Promise.all(tokens.map(verify));
      if (round >= 0) rates.get(name)!.push((1000 * tokensPerRound) / (performance.now() - start));
    }
  }
  return [...rates].map(([verifier, all]) => ({
    algorithm,
    verifier,
    rate: spreadOf(all),
    ratio: ratioOf(all, rates.get(bare)!),
  }));
}

function speedTable(figures: Throughput[]): Table {
  return {
    caption: 'Tokens verified per second',
    head: ['Verifier', ...algorithms.flatMap((algorithm) => [algorithm, `${algorithm} ÷ bare jose`])],
    rows: [...new Set(figures.map(({ verifier }) => verifier))].map((verifier) => [
      verifier,
      ...figures
        .filter((one) => one.verifier === verifier)
        .flatMap(({ rate, ratio }) => [inWords(rate, 0), inWords(ratio, 2)]),
    ]),
  };
}

function targetsOf(figures: Throughput[]): Target[] {
  return figures
    .filter(({ verifier }) => verifier === ours)
    .map(({ algorithm, ratio }) => ({
      what: `verifier, ${algorithm}`,
      measured: `${inWords(ratio, 2)} × bare jose's throughput`,
      limit: `${promised.toFixed(2)} × at least`,
      isMet: ratio.median >= promised,
    }));
}
