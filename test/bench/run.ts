/**
 * `npm run bench` measures everything, `npm run bench -- sizes worker` only those.
 *
 *   --json <file>   writes the figures to a file, too
 *   --write-docs    measures everything and writes docs/performance.md and its pictures
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Bench, Result, Target } from './support/bench.js';
import { writeDocuments } from './support/documents.js';
import { buildUnlessFresh } from './support/fresh-build.js';
import { describeMachine, machineText } from './support/machine.js';
import { resultText } from './support/print.js';
import type { Report, Results } from './support/report.js';

// What Node calls experimental is not the reader's concern.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --disable-warning=ExperimentalWarning`;

/** A mistake in the command, told without a stack. */
class UsageError extends Error {}

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -3));

try {
  const options = readOptions();
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
  // Before the build, which is work, too.
  const machine = await describeMachine();
  await buildUnlessFresh();
  console.log(machineText(machine));
  const results: Record<string, Result> = {};
  for (const { name, bench } of await Promise.all(options.chosen.map(load))) {
    console.log(`\n# ${name}\n`);
    const result = await measure(name, bench);
    console.log(resultText(result));
    results[name] = result;
    if (result.failures.length > 0) process.exitCode = 1;
  }
  summarise(Object.values(results).flatMap(({ targets }) => targets));
  const date = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
  const report: Report = { date, machine, results: results as Results };
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (options.writesDocs) for (const file of await writeDocuments(report)) console.log(`wrote ${file}`);
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 1;
}

interface Options {
  chosen: string[];
  json: string | undefined;
  writesDocs: boolean;
}

/** @throws UsageError */
function readOptions(): Options {
  const { values, positionals } = parse();
  const { json, 'write-docs': writesDocs = false } = values;
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`There is no bench ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  }
  if (writesDocs && positionals.length > 0) {
    throw new UsageError('--write-docs measures everything: leave out the names.');
  }
  return { chosen: positionals.length > 0 ? positionals : names, json, writesDocs };
}

function parse() {
  try {
    return parseArgs({
      options: { json: { type: 'string' }, 'write-docs': { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch {
    throw new UsageError('The options are --json <file> and --write-docs.');
  }
}

async function load(name: string): Promise<{ name: string; bench: Bench }> {
  const { default: bench } = (await import(`./${name}.ts`)) as { default: Bench };
  return { name, bench };
}

/** A second time when the first fails: a browser that does not start should not cost all that was measured before. */
async function measure(name: string, bench: Bench): Promise<Result> {
  const { stderr } = process;
  const progress = (text: string) => {
    if (stderr.isTTY) stderr.write(`\r\x1b[2K${name}: ${text}`);
  };
  const run = { progress, isTiny: false };
  const result = await bench(run).catch((error: unknown) => {
    console.error(`${name} failed and is tried again:`, error);
    return bench(run);
  });
  if (stderr.isTTY) stderr.write('\r\x1b[2K');
  return result;
}

function summarise(targets: Target[]): void {
  const missed = targets.filter(({ isMet }) => !isMet);
  if (targets.length === 0) return;
  console.log(`\n${targets.length - missed.length} of ${targets.length} targets met`);
  for (const { what, measured, limit } of missed)
    console.log(`missed  ${what}: ${measured}; aimed at: ${limit}`);
}
