// Turns coverage on: Node processes write down what they run themselves, pages are asked.
import { mkdirSync, rmSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { resolve } from 'node:path';
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
