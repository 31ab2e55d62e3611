// Charts by Observable Plot, in a DOM of linkedom (no browser is needed), put side by side into one SVG file.
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

export interface Chart {
  title: string;
  /** Where its axes begin, in pixels. */
  left: number;
  width: number;
  height: number;
  svg: string;
}

export interface Picture {
  title: string;
  charts: Chart[];
  legend?: [colour: string, label: string][];
  footnote?: string;
}

/** Colours are `var(--ours)`, `var(--floor)` and `var(--snippet)`. */
export function chart(
  title: string,
  options: Plot.PlotOptions & { width: number; height: number; marginLeft: number },
): Chart {
  const { width, height, marginLeft: left } = options;
  const drawn = Plot.plot({
    document: document,
    style: { background: 'none', fontSize: '12px', overflow: 'visible' },
    marginTop: 28,
    marginBottom: 46,
    ...options,
  });
  return { title, left, width, height, svg: drawn.outerHTML };
}

const gap = 24;

/** On a ground of its own, so that it can be read on a light and on a dark page. */
export function picture({ title, charts, legend = [], footnote }: Picture): string {
  const top = legend.length > 0 ? 100 : 76;
  const width = charts.reduce((sum, chart) => sum + chart.width, 2 * gap);
  const height = top + Math.max(...charts.map((chart) => chart.height)) + (footnote ? 40 : 12);
  let x = gap;
  const placed = charts.map((chart) => {
    const heading = text(chart.title, x + chart.left, top - 8, 'heading');
    const svg = chart.svg.replace('<svg ', `<svg x="${x}" y="${top}" `);
    x += chart.width;
    return `${heading}\n${svg}`;
  });
  let keyAt = gap;
  const keys = legend.map(([colour, label]) => {
    const key = `<circle cx="${keyAt + 6}" cy="54" r="6" fill="${colour}"/>${text(label, keyAt + 18, 58)}`;
    keyAt += 46 + 6 * label.length;
    return key;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">`,
    `<style>${style}</style>`,
    '<rect width="100%" height="100%" rx="8" fill="var(--ground)"/>',
    text(title, gap, 34, 'title'),
    ...keys,
    ...placed,
    ...(footnote ? [text(footnote, gap, height - 16)] : []),
    '</svg>\n',
  ].join('\n');
}

const style = `
:root { --ground: #fff; --ours: #0b62d6; --floor: #99a3ad; --snippet: #c2570c; color: #1f2328; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0d1117; --ours: #63a6ff; --floor: #79828c; --snippet: #f0883e; color: #e6edf3; }
}
svg { --plot-background: var(--ground); }
text { fill: currentColor; font: 12px system-ui, sans-serif; }
text.title { font-size: 17px; font-weight: 600; }
text.heading { font-size: 13px; font-weight: 600; }
`;

function text(words: string, x: number, y: number, kind = ''): string {
  return `<text${kind && ` class="${kind}"`} x="${x}" y="${y}">${escape(words)}</text>`;
}

function escape(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
