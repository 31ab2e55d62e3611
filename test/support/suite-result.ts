// How many tests of a suite did what.
export interface SuiteResult {
  passed: number;
  failed: number;
  skipped: number;
}

export function inWords({ passed, failed, skipped }: SuiteResult): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
