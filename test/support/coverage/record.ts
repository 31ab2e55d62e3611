// Writes down what runs: Node processes do it themselves, browsers are asked.
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What V8 says of one script of one process or page. */
export interface RanScript {
  url: string;
  functions: Profiler.FunctionCoverage[];
  /** Name of the file beside this one that holds the code which ran. */
  code: string;
}

export const folder = resolve('coverage');

/** From here on, Node processes that are started write down what they run. */
export function startCoverage(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const root = pathToFileURL(process.cwd()).href;
  process.env.COVERAGE_RAW = folder;
  process.env.COVERAGE_CODE = `^${root}/(src|dist)/`;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import=${root}/test/support/coverage/collect.mjs`;
}

export const isCovered = (): boolean => process.env.COVERAGE_RAW !== undefined;

let pages = 0;

/** What a page has run of our source, in the same form. */
export function keepScripts(
  scripts: { url: string; text: string; functions: Profiler.FunctionCoverage[] }[],
): void {
  const root = pathToFileURL(process.cwd()).href;
  const written = scripts
    .map(({ url, text, functions }) => ({ path: new URL(url).pathname, text, functions }))
    .filter(({ path }) => path.startsWith('/src/'))
    .map(({ path, text, functions }): RanScript => {
      const code = `${createHash('sha1').update(text).digest('hex')}.js`;
      writeFileSync(join(folder, code), text);
      return { url: root + path, functions, code };
    });
  writeFileSync(join(folder, `page-${(pages += 1)}.json`), JSON.stringify(written));
}
