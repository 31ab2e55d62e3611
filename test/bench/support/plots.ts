// The pictures of docs/performance.md.
import * as Plot from '@observablehq/plot';
import type { TimeToData } from '../time-to-data.js';
import { bare, ours, type Throughput } from '../verifier.js';
import type { Widgets } from '../widgets.js';
import { chart, picture } from './picture.js';
import type { Results } from './report.js';

/** Each as a whole SVG file, by its name. */
export function draw(
  results: Pick<Results, 'time-to-data' | 'widgets' | 'verifier'>,
): Record<string, string> {
  return {
    'time-to-data': timeToData(results['time-to-data'].figures),
    widgets: widgets(results.widgets.figures),
    verifier: verifier(results.verifier.figures),
  };
}

const setups = [
  { title: 'Warm, no preflight', cache: 'warm', wire: 'text' },
  { title: 'Warm, preflight remembered', cache: 'warm', wire: 'remembered' },
  { title: 'Cold, with a preflight', cache: 'cold', wire: 'asked' },
] as const;

/** The floor is a broad line, so that the others can be seen upon it. */
const lines = [
  { contender: 'floor', stroke: 'var(--floor)', strokeWidth: 9, strokeOpacity: 0.6, strokeLinecap: 'round' },
  { contender: 'snippet', stroke: 'var(--snippet)', strokeWidth: 1.5, strokeDasharray: '5 4' },
  { contender: 'widget', stroke: 'var(--ours)', strokeWidth: 2, marker: 'circle' },
] as const;

function timeToData(figures: TimeToData[]): string {
  const top = Math.max(...figures.map(({ time }) => time.median));
  const charts = setups.map(({ title, cache, wire }, index) => {
    const rows = figures
      .filter((figure) => figure.cache === cache && figure.wire === wire)
      .map(({ contender, roundTrip, time, ratio }) => ({
        contender,
        roundTrip,
        ...time,
        ratio: ratio.median,
      }));
    const of = (name: string) => rows.filter(({ contender }) => contender === name);
    return chart(title, {
      width: 310,
      height: 330,
      marginLeft: 46,
      marginRight: 24,
      x: { label: 'Round trip, ms', ticks: [0, 80, 150, 300], labelOffset: 40 },
      y: { label: index === 0 ? 'Script start to data, ms' : null, domain: [0, top * 1.05], grid: true },
      marks: [
        ...lines.map(({ contender, ...look }) =>
          Plot.lineY(of(contender), { x: 'roundTrip', y: 'median', ...look }),
        ),
        Plot.text(of('widget'), {
          x: 'roundTrip',
          y: 'median',
          text: ({ ratio }: { ratio: number }) => `${ratio.toFixed(2)} ×`,
          filter: ({ roundTrip }: { roundTrip: number }) => roundTrip >= 80,
          textAnchor: 'end',
          dx: -6,
          dy: -12,
        }),
      ],
    });
  });
  return picture({
    title: 'Time to data, medians; the widget’s with its ratio to the floor',
    charts,
    legend: [
      ['var(--ours)', 'Widget'],
      ['var(--floor)', 'Floor: two bare requests'],
      ['var(--snippet)', 'Snippet of the documentation'],
    ],
  });
}

function widgets(figures: Widgets[]): string {
  const rows = figures.map(({ widgets, requests, script }) => ({ widgets, requests, ...script }));
  const line = { x: 'widgets', stroke: 'var(--ours)', strokeWidth: 2, marker: 'circle' } as const;
  const options = {
    width: 420,
    height: 300,
    marginLeft: 46,
    marginRight: 24,
    x: {
      type: 'log',
      label: 'Widgets on the page',
      ticks: rows.map((row) => row.widgets),
      tickFormat: 'd',
      labelOffset: 40,
    },
  } as const;
  return picture({
    title: 'What more widgets on a page cost',
    charts: [
      chart('Requests: token and exchange', {
        ...options,
        y: { label: 'Requests', domain: [0, 4], ticks: [0, 1, 2, 3, 4], tickFormat: 'd', grid: true },
        marks: [Plot.lineY(rows, { ...line, y: 'requests' })],
      }),
      chart('Scripting, median and quartiles', {
        ...options,
        y: { label: 'Milliseconds', zero: true, grid: true },
        marks: [
          Plot.areaY(rows, { x: 'widgets', y1: 'low', y2: 'high', fill: 'var(--ours)', fillOpacity: 0.2 }),
          Plot.lineY(rows, { ...line, y: 'median' }),
        ],
      }),
    ],
  });
}

function verifier(figures: Throughput[]): string {
  const rows = figures.map(({ algorithm, verifier, rate }) => ({ algorithm, verifier, ...rate }));
  const top = Math.max(...rows.map(({ high }) => high));
  const charts = (['HS512', 'HS256'] as const).map((algorithm, index) => {
    const isFirst = index === 0;
    return chart(isFirst ? 'HS512, as live stores sign' : 'HS256, as the documentation shows', {
      width: isFirst ? 480 : 360,
      height: 260,
      marginLeft: isFirst ? 144 : 24,
      marginRight: 24,
      marginTop: 6,
      x: {
        label: 'Tokens per second',
        domain: [0, top],
        tickFormat: '~s',
        ticks: 5,
        grid: true,
        labelOffset: 40,
      },
      y: {
        label: null,
        domain: [...new Set(rows.map((row) => row.verifier))],
        axis: isFirst ? 'left' : null,
      },
      marks: [
        Plot.barX(
          rows.filter((row) => row.algorithm === algorithm),
          {
            x: 'median',
            y: 'verifier',
            fill: (row: Throughput) => (row.verifier === ours ? 'var(--ours)' : 'var(--floor)'),
          },
        ),
        Plot.ruleY(
          rows.filter((row) => row.algorithm === algorithm),
          { y: 'verifier', x1: 'low', x2: 'high', stroke: 'currentColor', strokeWidth: 1.5 },
        ),
        Plot.ruleX([0]),
      ],
    });
  });
  return picture({
    title: 'Tokens verified, median and quartiles',
    charts,
    footnote: `${bare}: a key that is imported once, and no policy: it takes every token that is signed and not expired.`,
  });
}
