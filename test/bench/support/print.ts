// Tables and targets as text: aligned for a terminal, as Markdown for docs/performance.md.
import type { Result, Table, Target } from './bench.js';

export function tableText({ caption, head, rows }: Table): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('   ');
  return [caption, '', line(head), rule, ...rows.map(line)].join('\n');
}

export function resultText({ tables, targets, failures, notes }: Result): string {
  return [
    ...tables.map(tableText),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
    ...(targets.length > 0 ? [targets.map(targetLine).join('\n')] : []),
    ...(failures.length > 0 ? [failures.map((failure) => `WRONG   ${failure}`).join('\n')] : []),
  ].join('\n\n');
}

function targetLine({ what, measured, limit, isMet }: Target): string {
  return `${isMet ? 'met   ' : 'missed'}  ${what}: ${measured}; aimed at: ${limit}`;
}

/** What docs/performance.md shows of a result. */
export function resultMarkdown({ tables, notes }: Result): string {
  return [
    ...tables.filter(({ isDetail }) => !isDetail).map(tableMarkdown),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
  ].join('\n\n');
}

export function targetsMarkdown(targets: Target[]): string {
  const rows = targets.map(({ what, measured, limit, isMet }) => [
    what,
    measured,
    limit,
    isMet ? 'yes' : '**no**',
  ]);
  return tableMarkdown({ caption: '', head: ['What', 'Measured', 'Aimed at', 'Met'], rows });
}

function tableMarkdown({ caption, head, rows }: Table): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  const table = [line(head), line(rule), ...rows.map(line)].join('\n');
  return caption ? `**${caption}**\n\n${table}` : table;
}
