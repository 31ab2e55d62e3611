// Shows findings: a line for each on a terminal or in a file, or all of them as JSON.
import type { Finding, Verdict } from './finding.js';

export type Counts = Record<Verdict, number>;

const SIGNS: Record<Verdict, string> = { ok: '✓', warning: '!', failure: '✗', skipped: '–' };
/** Of SGR: green, yellow, red, grey. */
const COLOURS: Record<Verdict, number> = { ok: 32, warning: 33, failure: 31, skipped: 90 };

export function describeFinding({ id, verdict, sentence, fix }: Finding, isColoured: boolean): string {
  const sign = isColoured ? `\u001b[${COLOURS[verdict]}m${SIGNS[verdict]}\u001b[0m` : SIGNS[verdict];
  const words = `${sentence}${fix === undefined ? '' : ` ${fix}`}`;
  // Pages and headers are quoted here and there: nothing of theirs may steer the terminal.
  return `${sign} ${id.padEnd(WIDTH)}  ${words.replace(/\p{Cc}/gu, ' ')}\n`;
}

/** As wide as the longest id. */
const WIDTH = 'backend-preflight-actions'.length;

export function countVerdicts(findings: readonly Finding[]): Counts {
  const counts: Counts = { ok: 0, warning: 0, failure: 0, skipped: 0 };
  for (const { verdict } of findings) counts[verdict] += 1;
  return counts;
}

export function describeCounts({ ok, warning, failure, skipped }: Counts, seconds: number): string {
  return (
    `\n${ok + warning + failure + skipped} checks in ${seconds.toFixed(1)} s: ${ok} ok, ` +
    `${counted(warning, 'warning')}, ${counted(failure, 'failure')}, ${skipped} skipped.\n`
  );
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
