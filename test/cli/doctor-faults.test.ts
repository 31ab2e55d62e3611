// Every fault that the emulated store and backend can have, and the checks that find it.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { endpointFaults, backendFaults } from '../../src/emulator/faults.js';
import type { BackendFault, EndpointFault } from '../../src/emulator/index.js';
import { consult } from './doctor-stage.js';

type Expected = [failures: string[], says: RegExp];

/** Not a fault of anybody's set-up: the element copes, and so nothing is to be mended. */
const none: Expected = [[], /^$/];
const endpoint = (says: RegExp): Expected => [['token-endpoint'], says];
const backend = (says: RegExp): Expected => [['backend-answers'], says];

const ofEndpoint: Record<EndpointFault, Expected> = {
  guest: [['session-token'], /takes the shopper for a guest/],
  401: endpoint(/answers 401/),
  403: endpoint(/answers 403/),
  'html-404': endpoint(/no token endpoint.*headless/),
  429: endpoint(/answers 429.*[Ww]ait/),
  500: endpoint(/answers 500.*store fails/),
  503: endpoint(/answers 503.*store fails/),
  html: endpoint(/200 with a page/),
  empty: endpoint(/200 with nothing.*stencil start --no-cache/),
  json: none,
  quoted: none,
  dying: none,
  'other-store': [['session-exchange'], /401.*list anotherstore in storeHashes/],
  'other-app': [['session-claims'], /for another app/],
  hs256: none,
  slow: none,
  hanging: endpoint(/did not answer within 4 s/),
  reset: endpoint(/ended the connection/),
  redirect: endpoint(/redirects to \/login\.php/),
};

const forgeries = ['backend-garbage-token', 'backend-unsigned-token', 'backend-forged-token'];

const ofBackend: Record<BackendFault, Expected> = {
  unreachable: backend(/ended the connection/),
  cors: [['backend-cors'], /401 has no Access-Control-Allow-Origin/],
  preflight: [['backend-preflight'], /answers 403 to the preflight/],
  expired: [['session-exchange'], /token has expired, although.*clock/],
  invalid: [['session-exchange'], /refuses the shopper's token/],
  403: backend(/answers 403.*firewall/),
  404: backend(/answers 404.*nothing at this address/),
  409: backend(/answers 409/),
  422: backend(/answers 422/),
  429: backend(/answers 429.*[Ww]ait/),
  'retry-after': backend(/answers 429.*[Ww]ait/),
  500: backend(/answers 500.*log/),
  503: backend(/answers 503.*log/),
  redirect: backend(/redirects to .*\/login\.php/),
  'content-type': backend(/200 with a page/),
  // These four answer 200 to anything at all.
  truncated: [['backend-answers', ...forgeries], /not JSON.*SECURITY/],
  large: [['backend-answers', ...forgeries], /more than 2 MB.*SECURITY/],
  'reset-halfway': [['backend-answers', ...forgeries], /in the middle of its answer.*SECURITY/],
  'slow-body': [forgeries, /SECURITY/],
  'slow-start': none,
};

suite('doctor on the emulated faults', { concurrency: 4 }, () => {
  const rows = [
    ...Object.entries(ofEndpoint).map(([fault, expected]) => ({ side: 'endpoint', fault, expected })),
    ...Object.entries(ofBackend).map(([fault, expected]) => ({ side: 'backend', fault, expected })),
  ];

  test('the table has every fault that there is', () => {
    assert.deepEqual(Object.keys(ofEndpoint).sort(), Object.keys(endpointFaults).sort());
    assert.deepEqual(Object.keys(ofBackend).sort(), Object.keys(backendFaults).sort());
  });

  for (const { side, fault, expected } of rows) {
    const [failures, says] = expected;
    test(`${side}, ${fault}: ${failures.join(', ') || 'no failure'}`, async (context) => {
      const outcome = await consult(context, { faults: { [side]: fault } });
      assert.deepEqual(outcome.failures, failures);
      assert.equal(outcome.code, failures.length);
      const said = outcome.findings
        .filter(({ verdict }) => verdict === 'failure')
        .map(({ sentence, fix = '' }) => `${sentence} ${fix}`);
      assert.match(said.join(' '), says);
      for (const secret of outcome.secrets) assert.ok(!outcome.out.includes(secret));
      assert.equal(outcome.error, '');
    });
  }

  test('control: nothing fails and nothing is warned of where nothing is wrong', async (context) => {
    const { failures, warnings, code, findings, error } = await consult(context, {});
    assert.deepEqual({ failures, warnings, code, error }, { failures: [], warnings: [], code: 0, error: '' });
    assert.equal(findings.find(({ id }) => id === 'session-exchange')?.verdict, 'ok');
  });

  test('a token that is about to expire is worth a warning', async (context) => {
    const { warnings } = await consult(context, { faults: { endpoint: 'dying' } });
    assert.deepEqual(warnings, ['session-claims']);
  });
});
