// `npm test`: builds, then runs every suite: a folder of test/ each. `npm test -- server element` runs some.
// Its last line counts all tests: "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInBrowser } from './support/browser-suite.js';
import { installFrameworkPackages, withFrameworkPackages } from './support/framework-packages.js';
import { runOnNode } from './support/node-suite.js';
import { inWords, type SuiteResult } from './support/suite-result.js';

/** Suites that need a browser's globals. The others run on Node, and drive a browser from there if they need one. */
const IN_BROWSER = ['client', 'element', 'stencil'];

// What Node calls experimental is not the reader's concern; deprecations are.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --disable-warning=ExperimentalWarning`;
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const total: SuiteResult = { passed: 0, failed: 0, skipped: 0 };
try {
  const suites = chosenSuites();
  if (suites.some((suite) => withFrameworkPackages.includes(suite))) installFrameworkPackages();
  build();
  for (const suite of suites) {
    const started = Date.now();
    const files = testFiles(suite);
    const result = await (IN_BROWSER.includes(suite) ? runInBrowser(files) : runOnNode(files));
    // A suite in which nothing ran tells nothing.
    if (result.passed + result.failed === 0) result.failed += 1;
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped;
    console.log(`${suite.padEnd(14)} ${inWords(result)}  (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  total.failed += 1;
}
console.log(`\n${inWords(total)}`);
process.exit(total.failed === 0 ? 0 : 1);

function chosenSuites(): string[] {
  const all = readdirSync('test').filter((name) => !name.includes('.') && testFiles(name).length > 0);
  const chosen = process.argv.slice(2);
  const unknown = chosen.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no suite ${unknown.join(', ')}; there are ${all.join(', ')}.`);
  }
  return chosen.length > 0 ? chosen : all;
}

function testFiles(suite: string): string[] {
  return readdirSync(join('test', suite), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
    .map((name) => join('test', suite, name));
}

function build(): void {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The build failed; its messages are above.');
}
