// How many tests of a suite did what.
import { engineNames, type Engine } from './engines.js';

export interface SuiteResult {
  passed: number;
  failed: number;
  skipped: number;
  /** Of the suite's own, in milliseconds; suites run side by side. */
  time: number;
}

export type Outcome = Exclude<keyof SuiteResult, 'time'>;

/** @param engine the browser that runs it, if one does */
export function suiteName(folder: string, engine?: Engine): string {
  return engine ? `${folder} in ${engineNames[engine]}` : folder;
}

/** The counts of every suite, by the folder of test/ that a file lies in and the engine that ran it. */
export class Tally {
  readonly suites = new Map<string, SuiteResult>();

  /** @param file path of a test file, relative or absolute */
  count(file: string, outcome: Outcome, engine?: Engine): void {
    this.#resultOf(file, engine)[outcome] += 1;
  }

  /** @param milliseconds what a test file took, from the start of its process or page */
  addTime(file: string, milliseconds: number, engine?: Engine): void {
    this.#resultOf(file, engine).time += milliseconds;
  }

  get total(): SuiteResult {
    const total = { passed: 0, failed: 0, skipped: 0, time: 0 };
    for (const { passed, failed, skipped, time } of this.suites.values()) {
      total.passed += passed;
      total.failed += failed;
      total.skipped += skipped;
      total.time += time;
    }
    return total;
  }

  #resultOf(file: string, engine: Engine | undefined): SuiteResult {
    const folder = /(?:^|[/\\])test[/\\]([\w-]+)[/\\]/.exec(file)?.[1] ?? 'other';
    const name = suiteName(folder, engine);
    const result = this.suites.get(name) ?? { passed: 0, failed: 0, skipped: 0, time: 0 };
    this.suites.set(name, result);
    return result;
  }
}

export function inWords({ passed, failed, skipped }: SuiteResult): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
