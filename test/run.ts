// `npm test`: builds, then runs every suite: a folder of test/ each. `npm test -- server element` runs some.
// Its last line counts all tests: "N passed, N failed".
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './support/command.js';
import { runInBrowser } from './support/browser-suite.js';
import { installFrameworkPackages, withFrameworkPackages } from './support/framework-packages.js';
import { runOnNode } from './support/node-suite.js';
import { inWords, Tally } from './support/suite-result.js';

/** Suites that need a browser's globals. The others run on Node, and drive a browser from there if they need one. */
const IN_BROWSER = ['client', 'element', 'stencil'];

// What Node calls experimental is not the reader's concern; deprecations are.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --disable-warning=ExperimentalWarning`;
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const tally = new Tally();
const started = Date.now();
try {
  const suites = chosenSuites();
  const filesOf = (inBrowser: boolean) =>
    suites.filter((suite) => IN_BROWSER.includes(suite) === inBrowser).flatMap(testFiles);
  // Side by side: what waits for a page or the network leaves the processors to the others. The browser's suites test
  // the source and need no build.
  const needsFrameworks = suites.some((suite) => withFrameworkPackages.includes(suite));
  const prepared = Promise.all([
    npm('run', '--silent', 'build'),
    ...(needsFrameworks ? [installFrameworkPackages()] : []),
  ]);
  await Promise.all([
    runInBrowser(filesOf(true), tally),
    prepared.then(() => runOnNode(filesOf(false), tally)),
  ]);
  for (const suite of suites) {
    const result = tally.suites.get(suite);
    // A suite in which nothing ran tells nothing.
    if (!result) tally.count(`test/${suite}/`, 'failed');
    console.log(`${suite.padEnd(18)} ${result ? inWords(result) : 'ran no test'}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  tally.count('', 'failed');
}
console.log(`\n${((Date.now() - started) / 1000).toFixed(0)} s\n${inWords(tally.total)}`);
process.exit(tally.total.failed === 0 ? 0 : 1);

function chosenSuites(): string[] {
  const all = readdirSync('test')
    .filter((name) => !name.includes('.') && testFiles(name).length > 0)
    .sort((one, other) => lengthOf(other) - lengthOf(one));
  const chosen = process.argv.slice(2);
  const unknown = chosen.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no suite ${unknown.join(', ')}; there are ${all.join(', ')}.`);
  }
  return chosen.length > 0 ? chosen : all;
}

/** The longest first, so that none of them is left alone at the end. */
function lengthOf(suite: string): number {
  return ['frameworks', 'package', 'e2e'].indexOf(suite);
}

function testFiles(suite: string): string[] {
  return readdirSync(join('test', suite), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
    .map((name) => join('test', suite, name));
}
