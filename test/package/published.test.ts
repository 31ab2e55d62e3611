// The package as npm delivers it: packed, installed into an empty folder as an application does, and used there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { frameworkFile } from '../support/framework-packages.js';

interface Packed {
  filename: string;
  unpackedSize: number;
  files: { path: string }[];
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, unknown> };
const folder = mkdtempSync(join(tmpdir(), 'bcw-published-'));
let packed: Packed;

before(() => {
  const output = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], '.');
  packed = (JSON.parse(output) as [Packed])[0];
  writeFileSync(join(folder, 'package.json'), '{ "name": "app", "private": true, "type": "module" }');
  const flags = ['--prefer-offline', '--no-audit', '--no-fund'];
  run('npm', ['install', ...flags, join(folder, packed.filename)], folder);
});

after(() => {
  rmSync(folder, { recursive: true });
});

describe('the packed package', () => {
  it('holds what it promises, and nothing of this repository besides', () => {
    const strangers = packed.files
      .map(({ path }) => path)
      .filter((path) => !/^(dist|templates)\/|^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/.test(path));
    assert.deepEqual(strangers, []);
    const paths = new Set(packed.files.map(({ path }) => path));
    for (const path of [
      'LICENSE',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/integrity.json',
      'dist/index.d.ts',
    ]) {
      assert.ok(paths.has(path), path);
    }
    for (const path of paths) {
      if (path.endsWith('.js') && !path.startsWith('dist/frameworks/'))
        assert.ok(paths.has(`${path}.map`), `${path} has no source map`);
    }
  });

  it('holds no token, no key and no path of the machine that built it', () => {
    for (const { path } of packed.files) {
      const text = readFileSync(join(folder, 'node_modules/bc-customer-widget', path), 'utf8');
      assert.doesNotMatch(text, /eyJ[\w-]{10,}\.eyJ|-----BEGIN [A-Z ]*PRIVATE KEY/, path);
      assert.ok(!text.includes(resolve('.')), path);
    }
  });

  it('adds at most 16 packages and 10 MB to an application', (test) => {
    const modules = join(folder, 'node_modules');
    const lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')) as {
      packages: Record<string, unknown>;
    };
    const packages = Object.keys(lock.packages).length;
    const megabytes = sizeOf(modules) / 1e6;
    test.diagnostic(`${packages} packages, ${megabytes.toFixed(2)} MB`);
    assert.ok(packages <= 16, `${packages} packages`);
    assert.ok(megabytes <= 10, `${megabytes} MB`);
  });

  it('gives every documented import', () => {
    const entries = Object.entries(manifest.exports).filter(([entry]) => !entry.includes('*'));
    for (const [entry, target] of entries) {
      const name = `bc-customer-widget${entry.slice(1)}`;
      const isCode = (target as { default?: string }).default?.endsWith('.js') ?? false;
      // The self-contained module is for browsers: it holds the browser's Lit.
      const isBundle = name.endsWith('.min.js');
      const needsPeers = entry === './emulator';
      if (isCode && !isBundle && !needsPeers) evaluate(`await import('${name}')`);
      else if (typeof target === 'string' || isBundle) evaluate(`import.meta.resolve('${name}')`);
    }
    assert.throws(() => {
      evaluate("await import('bc-customer-widget/no-such-entry')");
    }, /not defined by "exports"/);
  });

  it('says in one sentence what the emulator needs when it is not installed', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [bin(), 'emulate', '--theme', resolve('example-theme')],
      {
        cwd: folder,
        encoding: 'utf8',
      },
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
        writeFileSync(join(folder, file), project.source);
        const options = ['--strict', '--noEmit', '--skipLibCheck', 'false', '--exactOptionalPropertyTypes'];
        const modules = ['--module', 'nodenext', '--target', 'es2022', '--lib', project.lib.join()];
        run(process.execPath, [resolve(compiler, 'bin/tsc'), ...options, ...modules, file], folder);
      });
    }
  }
});

function bin(): string {
  return join(folder, 'node_modules/bc-customer-widget/dist/cli/index.js');
}

function evaluate(script: string): void {
  run(process.execPath, ['--input-type=module', '-e', script], folder);
}

/** @throws Error with everything that the command printed, when it fails */
function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}

function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(path, name)))
    .reduce((sum, file) => (file.isFile() ? sum + file.size : sum), 0);
}
