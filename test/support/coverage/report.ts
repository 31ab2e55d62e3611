// What part of src/ has run, by folder: lines on which a statement starts, so neither comments nor types.
import { readdirSync, readFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mergeScriptCovs } from '@bcoe/v8-coverage';
import { convert } from 'ast-v8-to-istanbul';
import { transform } from 'esbuild';
import { parseAst } from 'rollup/parseAst';
import { folder, type RanScript } from './record.js';

/** Of all lines; less fails the run. */
const LEAST_PERCENT = 95;

/** Files that are left out, and why. */
const LEFT_OUT: Record<string, string> = {
  'src/emulator/page-builder/panel.ts': 'runs in a page, which gets it as text',
  'src/emulator/faults-toolbar.ts': 'runs in a page, which gets it as text',
};

/** For each file, whether each of its lines has run. */
type Lines = Map<string, Map<number, boolean>>;

/** Prints the table. @returns whether enough has run */
export async function reportCoverage(): Promise<boolean> {
  const lines: Lines = new Map();
  for (const script of ranScripts()) await addLines(lines, script);
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.d)\.ts$/.test(name))
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((file) => !(file in LEFT_OUT));
  // What no test has loaded has its lines, too.
  for (const file of files) if (!lines.has(file)) await addLines(lines, await unused(file));
  return print(new Map(files.sort().map((file) => [file, lines.get(file) ?? new Map<number, boolean>()])));
}

function print(lines: Lines): boolean {
  const rooms = new Map<string, { ran: number; all: number }>();
  const missed: string[] = [];
  for (const [file, ofFile] of lines) {
    const not = [...ofFile].filter(([, hasRun]) => !hasRun).map(([line]) => line);
    if (not.length > 0) missed.push(`  ${file}: ${not.sort((one, other) => one - other).join(', ')}`);
    const [root, room] = dirname(file).split('/');
    for (const name of [room ? `${root}/${room}/` : `${root}/*.ts`, 'all']) {
      const { ran, all } = rooms.get(name) ?? { ran: 0, all: 0 };
      rooms.set(name, { ran: ran + ofFile.size - not.length, all: all + ofFile.size });
    }
  }
  console.log(`\nLines that no test runs:\n${missed.join('\n')}\n`);
  for (const [file, why] of Object.entries(LEFT_OUT)) console.log(`Left out: ${file}, ${why}`);
  console.log();
  const { all: total, ...others } = Object.fromEntries(rooms);
  for (const [room, { ran, all }] of [...Object.entries(others), ['all of src/', total!] as const]) {
    console.log(`${room.padEnd(20)} ${percent(ran, all)} %  ${ran} of ${all} lines`);
  }
  const isEnough = (100 * total!.ran) / total!.all >= LEAST_PERCENT;
  if (!isEnough)
    console.error(`✖ At least ${LEAST_PERCENT} % of the lines of src/ have to run in some test.`);
  return isEnough;
}

const percent = (part: number, all: number) => ((100 * part) / Math.max(all, 1)).toFixed(1).padStart(6);

interface Script extends Profiler.ScriptCoverage {
  text: string;
}

/** The same code counts once, however many processes ran it. */
function ranScripts(): Script[] {
  const groups = new Map<string, RanScript[]>();
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    for (const script of JSON.parse(readFileSync(join(folder, name), 'utf8')) as RanScript[]) {
      const key = script.url + script.code;
      groups.set(key, [...(groups.get(key) ?? []), script]);
    }
  }
  return [...groups.values()].map((scripts) => ({
    ...mergeScriptCovs(scripts.map(({ url, functions }) => ({ scriptId: '', url, functions })))!,
    text: readFileSync(join(folder, scripts[0]!.code), 'utf8'),
  }));
}

async function addLines(lines: Lines, { text, ...coverage }: Script): Promise<void> {
  const found = await convert({ code: text, coverage, ast: parseAst(text), ignoreNode: isMade });
  for (const [path, { statementMap, s }] of Object.entries(found)) {
    const file = relative('.', path).replaceAll('\\', '/');
    const ofFile = lines.get(file) ?? new Map<number, boolean>();
    lines.set(file, ofFile);
    for (const [id, { start }] of Object.entries(statementMap)) {
      ofFile.set(start.line, ofFile.get(start.line) === true || s[id]! > 0);
    }
  }
}

/** What the compiler adds to keep names, in places that may never be reached. */
function isMade(node: { type: string; expression?: { callee?: { name?: string } } }): boolean {
  return node.type === 'ExpressionStatement' && node.expression?.callee?.name === '__name';
}

async function unused(file: string): Promise<Script> {
  const { code } = await transform(readFileSync(file, 'utf8'), {
    loader: 'ts',
    target: 'es2022',
    sourcemap: 'inline',
    sourcefile: file.slice(file.lastIndexOf('/') + 1),
  });
  const ranges = [{ startOffset: 0, endOffset: code.length, count: 0 }];
  const functions = [{ functionName: '', isBlockCoverage: true, ranges }];
  return { scriptId: '', url: pathToFileURL(file).href, functions, text: code };
}
