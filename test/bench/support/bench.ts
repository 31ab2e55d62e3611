// What a bench is: it measures, and gives back tables for people, figures for plots, and how its targets fared.

export interface Table {
  caption: string;
  /** The first column's cells are texts; those of the others are figures. */
  head: string[];
  rows: string[][];
  /** Only for the terminal: docs/performance.md has no room for it. */
  isDetail?: boolean;
}

/** A figure that was aimed at. Missing one is told, and is no failure: machines differ. */
export interface Target {
  what: string;
  /** As measured, with its unit. */
  measured: string;
  /** What was aimed at. */
  limit: string;
  isMet: boolean;
}

export interface Result<Figures = unknown> {
  tables: Table[];
  targets: Target[];
  /** What was wrong whatever the machine: a forged token that was taken, a fault that was not survived. */
  failures: string[];
  /** Sentences that the reader of these tables needs: what could not be measured, and why. */
  notes: string[];
  /** Plain numbers, for plots and for later. */
  figures: Figures;
}

export interface Run {
  /** Says how far it is, on a terminal. */
  progress: (text: string) => void;
  /** One short round: whether the bench runs at all, not what it measures. */
  isTiny: boolean;
}

export type Bench<Figures = unknown> = (run: Run) => Promise<Result<Figures>>;
