// The package as npm delivers it: packed, installed into an empty folder as an application does, and used there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { frameworkFile } from '../support/framework-packages.js';
import { packageGates } from '../support/package-gates.js';
import { packAndInstall, run, type PackedPackage } from '../support/packed-package.js';

let packed: PackedPackage;

before(() => {
  packed = packAndInstall();
});
after(() => {
  packed.remove();
});

describe('the packed package', () => {
  for (const { name, check } of packageGates) {
    it(name, (test) => {
      const detail = check(packed);
      if (detail !== undefined) test.diagnostic(detail);
    });
  }

  it('says in one sentence what the emulator needs when it is not installed', () => {
    const command = join(packed.home, 'dist/cli/index.js');
    const { status, stderr } = spawnSync(
      process.execPath,
      [command, 'emulate', '--theme', resolve('example-theme')],
      { cwd: packed.folder, encoding: 'utf8' },
    );
    assert.notEqual(status, 0);
    assert.match(stderr, /npm (i|install) .*@bigcommerce\/stencil-paper/);
    assert.doesNotMatch(stderr, /^\s+at /m);
  });
});

describe("a user's project", () => {
  const source = `
    import { BcCustomerWidget, CustomerWidgetError, type CustomerCard, type TokenSource } from 'bc-customer-widget';
    import type { CustomerWidgetEvents } from 'bc-customer-widget/element';
    import { createCustomerSession, loadCustomerData, routeTokenSource, sessionChanged } from 'bc-customer-widget/client';

    const element: BcCustomerWidget = document.createElement('bc-customer-widget');
    const source: TokenSource = ({ signal }) => fetch('/token', { signal }).then((response) => response.text());
    element.tokenSource = source;
    element.loading = 'lazy';
    element.addEventListener('bc-customer-load', ({ detail }) => detail.data?.['points']);
    document.addEventListener('bc-customer-error', ({ detail }) => {
      const error: CustomerWidgetError = detail.error;
      console.log(error.code === 'unauthorized');
    });
    document.querySelector('bc-customer-widget')?.refresh();
    const card: CustomerCard = { facts: [{ label: 'Points', value: 1, format: 'number' }] };
    type Detail = CustomerWidgetEvents['bc-customer-load'];
    const session = createCustomerSession({ appClientId: 'a', backendUrl: '/b', tokenSource: routeTokenSource('/t') });
    session.subscribe(({ state }) => state === 'ready');
    void loadCustomerData({ appClientId: 'a', backendUrl: '/b' }).then((result) => result.status === 'guest');
    sessionChanged();
    export { card, type Detail };
    // @ts-expect-error
    element.loading = 'sometimes';
    // @ts-expect-error
    element.addEventListener('bc-customer-load', ({ detail }) => detail.token);`;

  const server = `
    import { createExchange, verifyCurrentCustomer } from 'bc-customer-widget/server';
    import { createAuthorizer } from 'bc-customer-widget/aws';
    const exchange = createExchange({
      apps: [{ clientId: 'a', clientSecret: 'b' }],
      storeHashes: ['abc'],
      allowedOrigins: ['https://shop.example.com'],
      load: ({ customerId }) => ({ text: String(customerId) }),
    });
    export const answer: Promise<Response> = exchange(new Request('https://x.example'));
    export { createAuthorizer, verifyCurrentCustomer };`;

  const client = `
    import { createCustomerSession, CustomerWidgetError } from 'bc-customer-widget/client';
    export const session = createCustomerSession({ appClientId: 'a', backendUrl: '/b' });
    export const error = new CustomerWidgetError('timeout', 'Late.');`;

  const projects = {
    'a page and its backend': { source: source + server, lib: ['ES2022', 'DOM', 'DOM.Iterable'] },
    'the client in a worker, without DOM types': { source: client, lib: ['ES2022', 'WebWorker'] },
  };

  for (const compiler of ['node_modules/typescript', frameworkFile('typescript')]) {
    const { version } = JSON.parse(readFileSync(join(compiler, 'package.json'), 'utf8')) as {
      version: string;
    };
    for (const [name, project] of Object.entries(projects)) {
      it(`type-checks on TypeScript ${version}, strictly and with all declarations: ${name}`, () => {
        const file = `${name.replace(/\W+/g, '-')}.ts`;
        writeFileSync(join(packed.folder, file), project.source);
        const options = ['--strict', '--noEmit', '--skipLibCheck', 'false', '--exactOptionalPropertyTypes'];
        const modules = ['--module', 'nodenext', '--target', 'es2022', '--lib', project.lib.join()];
        run(process.execPath, [resolve(compiler, 'bin/tsc'), ...options, ...modules, file], packed.folder);
      });
    }
  }
});
