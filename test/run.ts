// `npm test`: builds, then runs the suites, a folder of test/ each, that test the product and need nothing but `npm ci`.
// `--all` runs the others, too, and installs what they need; `npm test -- server element` runs some. `--engines
// chromium,firefox,webkit` runs what a browser runs in each of them. `--coverage` says what part of src/ has run; less
// than 95 % of its lines counts as a failure. The last line counts all tests: "N passed, N failed".
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { npm } from './support/command.js';
import { runInBrowser } from './support/browser-suite.js';
import { reportCoverage, startCoverage } from './support/coverage/index.js';
import { engineNames, engines, type Engine } from './support/engines.js';
import { installFrameworkPackages, withFrameworkPackages } from './support/framework-packages.js';
import { runOnNode } from './support/node-suite.js';
import { inWords, suiteName, Tally } from './support/suite-result.js';

/** Suites that need a browser's globals. The others run on Node, and drive a browser from there if they need one. */
const IN_BROWSER = ['client', 'element', 'stencil'];

/**
 * Suites that need frameworks and package checkers, or whole browsers, or try out the benches: they run when they are
 * named, or with `--all`.
 */
const ONLY_WITH_ALL = [...withFrameworkPackages, 'engines', 'bench'];

// What Node calls experimental is not the reader's concern; deprecations are.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --disable-warning=ExperimentalWarning`;
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const tally = new Tally();
const started = Date.now();
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      engines: { type: 'string', default: 'chromium' },
      coverage: { type: 'boolean', default: false },
    },
  });
  const inEngines = chosenEngines(values.engines);
  process.env.ENGINES = inEngines.join();
  if (values.coverage) startCoverage();
  const { suites, leftOut } = chosenSuites(positionals, values.all);
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
    runInEngines(inEngines, filesOf(true)),
    prepared.then(() => runOnNode(filesOf(false), tally)),
  ]);
  for (const suite of suites) {
    for (const engine of IN_BROWSER.includes(suite) ? inEngines : [undefined]) {
      const row = suiteName(suite, engine);
      const result = tally.suites.get(row);
      // A suite in which nothing ran tells nothing.
      if (!result) tally.count(`test/${suite}/`, 'failed', engine);
      const seconds = ((result?.time ?? 0) / 1000).toFixed(0);
      console.log(`${row.padEnd(20)} ${seconds.padStart(4)} s  ${result ? inWords(result) : 'ran no test'}`);
    }
  }
  if (leftOut.length > 0) {
    console.log(
      `\nLeft out: ${leftOut.join(', ')}. \`npm test -- --all\` installs what they need, and runs them.`,
    );
  }
  if (values.coverage) tally.count('test/coverage/', (await reportCoverage()) ? 'passed' : 'failed');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  tally.count('', 'failed');
}
console.log(`\n${((Date.now() - started) / 1000).toFixed(0)} s\n${inWords(tally.total)}`);
process.exit(tally.total.failed === 0 ? 0 : 1);

/** One after the other: the Node suites run beside them. An engine that is not there fails its suites, not the others. */
async function runInEngines(inEngines: Engine[], files: string[]): Promise<void> {
  for (const engine of inEngines) {
    try {
      await runInBrowser(engine, files, tally);
    } catch (error) {
      console.error(`\n✖ ${engineNames[engine]}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function chosenEngines(list: string): Engine[] {
  const chosen = engines.filter((engine) => list.split(',').includes(engine));
  if (chosen.length === list.split(',').length) return chosen;
  throw new Error(`--engines takes some of ${engines.join()}, not ${list}.`);
}

function chosenSuites(named: string[], isAll: boolean): Record<'suites' | 'leftOut', string[]> {
  const all = readdirSync('test')
    .filter((name) => !name.includes('.') && testFiles(name).length > 0)
    .sort((one, other) => lengthOf(other) - lengthOf(one));
  const unknown = named.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no suite ${unknown.join(', ')}; there are ${all.join(', ')}.`);
  }
  if (named.length > 0) return { suites: named, leftOut: [] };
  const leftOut = isAll ? [] : all.filter((name) => ONLY_WITH_ALL.includes(name));
  return { suites: all.filter((name) => !leftOut.includes(name)), leftOut };
}

/** The longest first, so that none of them is left alone at the end. */
function lengthOf(suite: string): number {
  return ['frameworks', 'published', 'e2e'].indexOf(suite);
}

function testFiles(suite: string): string[] {
  return readdirSync(join('test', suite), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
    .map((name) => join('test', suite, name));
}
