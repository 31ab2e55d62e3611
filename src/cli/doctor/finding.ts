// What a check finds.

/** `skipped`: not looked at, because something before it failed or was not given. */
export type Verdict = 'ok' | 'warning' | 'failure' | 'skipped';

export interface Result {
  verdict: Verdict;
  /** What was found. It never holds a token, a cookie or a body. */
  sentence: string;
  /** What to do about it. */
  fix?: string;
}

/** `id` is stable: scripts may rely on it. */
export interface Finding extends Result {
  id: string;
}

/** By id, in the order in which they are told. */
export type Checks = Record<string, () => Promise<Result>>;

export const ok = (sentence: string): Result => ({ verdict: 'ok', sentence });
export const skipped = (sentence: string): Result => ({ verdict: 'skipped', sentence });
export const warning = (sentence: string, fix: string): Result => ({ verdict: 'warning', sentence, fix });
export const failure = (sentence: string, fix: string): Result => ({ verdict: 'failure', sentence, fix });
