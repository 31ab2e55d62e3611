// Those of the package are missing.
declare module '@bcoe/v8-coverage' {
  import type { Profiler } from 'node:inspector';

  /** One count for what several processes have run of the same script. */
  export function mergeScriptCovs(scripts: Profiler.ScriptCoverage[]): Profiler.ScriptCoverage | undefined;
}
