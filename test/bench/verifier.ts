/** The attack matrix beside three JWT libraries, and the price of being strict. */
import { createVerifier as createFastJwtVerifier } from 'fast-jwt';
import { jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { signCurrentCustomer, verifyCurrentCustomer } from '../../src/server/index.js';
import { app, attackMatrix, clockTolerance } from '../server/attack-matrix.js';
import type { Bench } from './run.js';

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

/** Each as a careful developer would set it up: algorithms, issuer, audience, tolerance. */
const verifiers: Record<string, (token: string) => unknown> = {
  ours: (token) =>
    verifyCurrentCustomer(token, { clientId, clientSecret, storeHashes: [storeHash], clockTolerance }),
  jose: (token) => jwtVerify(token, secret, josePolicy),
  jsonwebtoken: (token) =>
    jsonwebtoken.verify(token, clientSecret, { ...josePolicy, algorithms: ['HS512', 'HS256'] }),
  'fast-jwt': (token) => fast(token) as unknown,
};

const bench: Bench = async () => {
  const isStrict = await compareVerdicts();
  let isFast = true;
  for (const algorithm of ['HS512', 'HS256'] as const) isFast = (await compareSpeed(algorithm)) && isFast;
  return isStrict && isFast;
};
export default bench;

/** Prints who accepts what. Wrong verdicts are marked. */
async function compareVerdicts(): Promise<boolean> {
  const names = Object.keys(verifiers);
  const wrongAccepts = new Map(names.map((name) => [name, 0]));
  const wrongRejects = new Map(names.map((name) => [name, 0]));
  const rows = attackMatrix();
  console.log(line('token', 'right', names));
  for (const { name: row, token, verdict } of rows) {
    const right = verdict === 'accept';
    const cells: string[] = [];
    for (const [name, verify] of Object.entries(verifiers)) {
      const accepts = await accepted(verify, token);
      const wrong = accepts ? wrongAccepts : wrongRejects;
      if (accepts !== right) wrong.set(name, (wrong.get(name) ?? 0) + 1);
      cells.push(`${accepts ? 'accept' : 'refuse'}${accepts === right ? '' : ' ✗'}`);
    }
    console.log(line(row, right ? 'accept' : 'refuse', cells));
  }
  const counts = (wrong: Map<string, number>) => names.map((name) => String(wrong.get(name)));
  console.log(line(`wrong accepts of ${rows.length}`, '', counts(wrongAccepts)));
  console.log(line(`wrong rejects of ${rows.length}`, '', counts(wrongRejects)));
  return wrongAccepts.get('ours') === 0 && wrongRejects.get('ours') === 0;
}

function line(first: string, second: string, cells: string[]): string {
  return [first.padEnd(54), second.padEnd(8), ...cells.map((cell) => cell.padEnd(13))].join(' ').trimEnd();
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

/** Prints the throughput beside bare jose with a key that is imported once. At least 0.8 of it is promised. */
async function compareSpeed(algorithm: 'HS512' | 'HS256'): Promise<boolean> {
  const tokens = await Promise.all(
    Array.from({ length: tokensPerRound }, (_, index) =>
      signCurrentCustomer({ id: index + 1, email: `customer${index}@example.com` }, { ...app, algorithm }),
    ),
  );
  const hash = algorithm === 'HS512' ? 'SHA-512' : 'SHA-256';
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash }, false, ['verify']);
  const options = { clientId, clientSecret, storeHashes: [storeHash] };
  const [ours, bare] = await bestOf(200, tokens, [
    (token) => verifyCurrentCustomer(token, options),
    (token) => jwtVerify(token, key),
  ]);
  const ratio = bare / ours;
  console.log(
    `\n${algorithm}: verifyCurrentCustomer ${perSecond(ours)}, bare jose ${perSecond(bare)}: ` +
      `${ratio.toFixed(2)} of its throughput (promised: 0.80)`,
  );
  return ratio >= 0.8;
}

/** The least time for all tokens, in milliseconds. Many short turns, so that both meet the machine when it is quiet. */
async function bestOf(
  rounds: number,
  tokens: string[],
  contenders: [(token: string) => Promise<unknown>, (token: string) => Promise<unknown>],
): Promise<[number, number]> {
  const best: [number, number] = [Infinity, Infinity];
  for (let round = 0; round < rounds; round += 1) {
    for (const index of [0, 1] as const) {
      const start = performance.now();
      await Promise.all(tokens.map(contenders[index]));
      best[index] = Math.min(best[index], performance.now() - start);
    }
  }
  return best;
}

function perSecond(milliseconds: number): string {
  return `${Math.round((1000 * tokensPerRound) / milliseconds).toLocaleString('en-US')}/s`;
}
