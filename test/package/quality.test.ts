// What the usual checkers of packages say, and the licences of all that a user gets.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { bundledPackages } from '../../tools/third-party-notices.js';
import { frameworkFile } from '../support/framework-packages.js';

/** Licences that ask for their text only. */
const PERMISSIVE = ['MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'Apache-2.0', '0BSD'];
/** BigCommerce's own library has the old BSD licence, which wants a line in advertising that names its features. */
const ACCEPTED = ['@bigcommerce/stencil-utils'];

describe('the checkers of packages', () => {
  const checkers = {
    'publint --strict': ['node_modules/publint/src/cli.js', '--strict'],
    // An application may not mix module systems here: there is one, and the classic build is not imported at all.
    'are-the-types-wrong': [
      frameworkFile('@arethetypeswrong/cli/dist/index.js'),
      ...['--pack', '.', '--profile', 'esm-only', '--exclude-entrypoints', 'bc-customer-widget.iife.min.js'],
    ],
    'knip, for code that nobody uses': [frameworkFile('knip/bin/knip.js')],
  };
  for (const [name, [file = '', ...args]] of Object.entries(checkers)) {
    it(`${name} has nothing to say`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { encoding: 'utf8' });
      assert.equal(status, 0, stdout + stderr);
    });
  }
});

describe('the licences', () => {
  const licenseOf = (name: string) =>
    (JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { license?: string }).license ??
    'none';

  it('of everything that is installed with the package are permissive', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { dev?: boolean; peer?: boolean; optional?: boolean; devOptional?: boolean }>;
    };
    const installed = Object.entries(lock.packages)
      .filter(([path, { dev, peer, devOptional }]) => path !== '' && !dev && !peer && !devOptional)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    assert.ok(installed.includes('lit') && installed.includes('jose'), 'the control: dependencies are found');
    const others = installed.filter((name) => !PERMISSIVE.includes(licenseOf(name)));
    assert.deepEqual(others, ACCEPTED);
  });

  it('of all that the bundles hold are in the notices beside them', () => {
    const notices = readFileSync('dist/THIRD-PARTY-NOTICES.txt', 'utf8');
    const bundled = bundledPackages('dist');
    assert.ok(bundled.includes('lit-html'), 'the control: what is bundled is found');
    for (const name of bundled) {
      assert.ok(notices.includes(`${name} `), name);
      assert.ok(PERMISSIVE.includes(licenseOf(name)) || ACCEPTED.includes(name), name);
    }
    assert.match(notices, /Redistribution and use in source and binary forms/);
  });
});
