// Writes measured figures into docs/performance.md, between its markers, and draws its pictures.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { Report } from './report.js';
import { machineText } from './machine.js';
import { draw } from './plots.js';
import { resultMarkdown, targetsMarkdown } from './print.js';

const guide = 'docs/performance.md';
const images = 'docs/images';

/** Expects to be run in the project's folder, with a report of all benches. */
export async function writeDocuments(report: Report): Promise<string[]> {
  const results = Object.entries(report.results);
  const sections: Record<string, string> = {
    machine: `Measured on ${report.date}: ${machineText(report.machine)}.`,
    targets: targetsMarkdown(results.flatMap(([, { targets }]) => targets)),
    ...Object.fromEntries(results.map(([name, result]) => [name, resultMarkdown(result)])),
  };
  const text = fillIn(readFileSync(guide, 'utf8'), sections);
  writeFileSync(guide, await format(text, { ...(await resolveConfig(guide)), parser: 'markdown' }));
  const pictures = Object.entries(draw(report.results)).map(([name, svg]) => {
    const file = `${images}/performance-${name}.svg`;
    writeFileSync(file, svg);
    return file;
  });
  return [guide, ...pictures];
}

/**
 * Replaces what is between `<!-- bench:name -->` and `<!-- /bench:name -->` for every section.
 *
 * @throws Error when the text has no such markers, or markers that no section is for
 */
export function fillIn(text: string, sections: Record<string, string>): string {
  const missing = new Set(Object.keys(sections));
  const filled = text.replaceAll(
    /(<!-- bench:([\w-]+) -->)[\s\S]*?(<!-- \/bench:\2 -->)/g,
    (_, begin: string, name: string, end: string) => {
      const section = sections[name];
      if (section === undefined) throw new Error(`Nothing was measured for <!-- bench:${name} -->.`);
      missing.delete(name);
      return `${begin}\n\n${section}\n\n${end}`;
    },
  );
  if (missing.size > 0)
    throw new Error(`There is no <!-- bench:${[...missing].join(', ')} --> … to fill in.`);
  return filled;
}
