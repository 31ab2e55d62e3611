// How many tests of a suite did what.
export interface SuiteResult {
  passed: number;
  failed: number;
  skipped: number;
}

export type Outcome = keyof SuiteResult;

/** The counts of every suite, by the folder of test/ that a file lies in. */
export class Tally {
  readonly suites = new Map<string, SuiteResult>();

  /** @param file path of a test file, relative or absolute */
  count(file: string, outcome: Outcome): void {
    const suite = /(?:^|[/\\])test[/\\]([\w-]+)[/\\]/.exec(file)?.[1] ?? 'other';
    const result = this.suites.get(suite) ?? { passed: 0, failed: 0, skipped: 0 };
    result[outcome] += 1;
    this.suites.set(suite, result);
  }

  get total(): SuiteResult {
    const total = { passed: 0, failed: 0, skipped: 0 };
    for (const { passed, failed, skipped } of this.suites.values()) {
      total.passed += passed;
      total.failed += failed;
      total.skipped += skipped;
    }
    return total;
  }
}

export function inWords({ passed, failed, skipped }: SuiteResult): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
