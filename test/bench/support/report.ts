// All that a run of benches has measured, as `--json` writes it.
import type { TimeToData } from '../time-to-data.js';
import type { Throughput } from '../verifier.js';
import type { Widgets } from '../widgets.js';
import type { Result } from './bench.js';
import type { Machine } from './machine.js';

export interface Results extends Record<string, Result> {
  'time-to-data': Result<TimeToData[]>;
  widgets: Result<Widgets[]>;
  verifier: Result<Throughput[]>;
}

export interface Report {
  /** `2026-01-31` */
  date: string;
  machine: Machine;
  results: Results;
}
