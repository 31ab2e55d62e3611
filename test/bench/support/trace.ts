// What the main thread of a page was busy with, from a trace of the browser: tasks, and who took their time.
import type { Page } from 'puppeteer-core';

export interface Task {
  /** Milliseconds since the trace began. */
  start: number;
  /** Milliseconds by the clock; on a busy machine also those in which other processes had the processor. */
  duration: number;
  /** Milliseconds of the processor. */
  threadTime: number;
  /** Milliseconds of the processor that scripts took, promise callbacks included, without style and layout. */
  scripting: number;
  /** Milliseconds of the processor for style and layout, whoever caused them. */
  layout: number;
  /** Milliseconds of scripts by their address, as sampled; empty without `attribute`. */
  scripts: Record<string, number>;
  /** Milliseconds of the processor for what the browser itself did: parsing, style, layout … */
  browser: Record<string, number>;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  id?: string;
  args: { name?: string; data?: ProfileData };
}

interface ProfileData {
  startTime?: number;
  timeDeltas?: number[];
  cpuProfile?: {
    nodes?: { id: number; parent?: number; callFrame: { url?: string; functionName: string } }[];
    samples?: number[];
  };
}

/** A script runs. */
const SCRIPT = ['EvaluateScript', 'v8.evaluateModule', 'FunctionCall', 'v8.callFunction', 'RunMicrotasks'];

const LAYOUT = ['UpdateLayoutTree', 'Layout'];

/** Kinds of the browser's own work, by the names of its trace events. */
const WORK: Record<string, string> = {
  ParseHTML: 'HTML',
  ParseAuthorStyleSheet: 'CSS',
  UpdateLayoutTree: 'style',
  Layout: 'layout',
  PrePaint: 'paint',
  Paint: 'paint',
  Layerize: 'paint',
  Commit: 'paint',
  'v8.compile': 'compilation',
  'v8.compileModule': 'compilation',
  MinorGC: 'garbage collection',
  MajorGC: 'garbage collection',
};

/**
 * Traces what happens during `run`. With `attribute` V8's profiler tells whose script it was, which takes time itself:
 * count tasks without it.
 */
export async function traceTasks(
  page: Page,
  run: () => Promise<void>,
  { attribute = false } = {},
): Promise<Task[]> {
  // `-*` turns off all that is not named.
  const categories = ['-*', 'devtools.timeline', 'v8', 'v8.execute', 'disabled-by-default-devtools.timeline'];
  if (attribute) categories.push('disabled-by-default-v8.cpu_profiler');
  await page.tracing.start({ categories });
  let trace: Uint8Array | undefined;
  try {
    await run();
  } finally {
    trace = await page.tracing.stop();
  }
  const { traceEvents } = JSON.parse(new TextDecoder().decode(trace)) as { traceEvents: TraceEvent[] };
  return tasksOf(traceEvents);
}

function tasksOf(events: TraceEvent[]): Task[] {
  const mainThreads = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  const onMain = events.filter((event) => event.ph === 'X' && mainThreads.has(threadOf(event)));
  const begin = Math.min(...onMain.map(({ ts }) => ts));
  const samples = samplesOf(events);
  const named = (names: readonly string[]) => onMain.filter(({ name }) => names.includes(name));
  const scriptEvents = named(SCRIPT);
  const layoutEvents = named(LAYOUT);
  const kinds = [...new Set(Object.values(WORK))].map((kind) => ({
    kind,
    events: named(Object.keys(WORK).filter((name) => WORK[name] === kind)),
  }));
  return named(['RunTask']).map((task) => {
    const { ts, dur = 0, tdur = 0 } = task;
    const scripts: Record<string, number> = {};
    for (const { at, took, url } of samples) {
      if (at >= ts && at < ts + dur) scripts[url] = (scripts[url] ?? 0) + took / 1000;
    }
    const script = outermost(scriptEvents, task);
    const forced = script.flatMap((event) => outermost(layoutEvents, event));
    return {
      start: (ts - begin) / 1000,
      duration: dur / 1000,
      threadTime: tdur / 1000,
      scripting: threadTime(script) - threadTime(forced),
      layout: threadTime(outermost(layoutEvents, task)),
      scripts,
      browser: Object.fromEntries(
        kinds
          .map(({ kind, events }): [string, number] => [kind, threadTime(outermost(events, task))])
          .filter(([, time]) => time > 0),
      ),
    };
  });
}

/** Those inside another event, but not those inside one of themselves. */
function outermost(events: TraceEvent[], outer: TraceEvent): TraceEvent[] {
  const inside = events
    .filter((event) => isWithin(event, outer))
    .sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  let end = -Infinity;
  return inside.filter(({ ts, dur = 0 }) => {
    const isNew = ts + dur > end;
    if (isNew) end = ts + dur;
    return isNew;
  });
}

/** Milliseconds. */
function threadTime(events: TraceEvent[]): number {
  return events.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0);
}

const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;

function isWithin(inner: TraceEvent, outer: TraceEvent): boolean {
  const isSameThread = inner.pid === outer.pid && inner.tid === outer.tid;
  return isSameThread && inner.ts >= outer.ts && inner.ts + (inner.dur ?? 0) <= outer.ts + (outer.dur ?? 0);
}

/** Microseconds that each script took, sample by sample. A native function counts for the script that called it. */
function samplesOf(events: TraceEvent[]): { at: number; took: number; url: string }[] {
  const samples: { at: number; took: number; url: string }[] = [];
  const profiles = new Map<string, { time: number; urls: Map<number, string> }>();
  for (const { name, pid, id = '', args } of events.filter(({ name }) => name.startsWith('Profile'))) {
    const key = `${pid} ${id}`;
    if (name === 'Profile') profiles.set(key, { time: args.data?.startTime ?? 0, urls: new Map() });
    const profile = profiles.get(key);
    if (name !== 'ProfileChunk' || !profile) continue;
    const { cpuProfile: { nodes = [], samples: taken = [] } = {}, timeDeltas = [] } = args.data ?? {};
    for (const { id: node, parent, callFrame } of nodes) {
      profile.urls.set(node, (callFrame.url ?? '') || (profile.urls.get(parent ?? -1) ?? ''));
    }
    taken.forEach((node, index) => {
      const took = timeDeltas[index] ?? 0;
      const url = profile.urls.get(node);
      // A sample stands for the time since the one before it.
      if (url) samples.push({ at: profile.time, took, url });
      profile.time += took;
    });
  }
  return samples;
}
