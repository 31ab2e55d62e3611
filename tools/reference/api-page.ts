// docs/api.md: the element from its manifest's model, then every entry's exports.
import type { ElementModel } from '../metadata/read-element.js';
import type { ExportModel } from './read-exports.js';

export interface Entry {
  /** As it is imported. */
  name: string;
  /** One sentence: who needs it. */
  purpose: string;
  exports: ExportModel[];
}

export function apiPage(element: ElementModel, entries: Entry[]): string {
  const parts = [
    '# API reference',
    'Made from the source by `npm run docs`; do not edit. The guides say how to use it: [theme](theme.md), ' +
      '[Page Builder](page-builder.md), [headless](headless.md), [backend](backend.md), [cards and templates](cards.md). ' +
      'What may change from version to version is in [upgrading](upgrading.md).',
    contents(entries),
    elementSection(element),
    ...entries.map((entry, index) => entrySection(entry, entries.slice(0, index))),
  ];
  return `${parts.join('\n\n')}\n`;
}

function contents(entries: Entry[]): string {
  const rows = entries.map(({ name, purpose }) => [`[\`${name}\`](#${anchorOf(name)})`, purpose]);
  return table(
    ['Import', 'For'],
    [['[`<bc-customer-widget>`](#the-element-bc-customer-widget)', 'The element, in HTML.'], ...rows],
  );
}

function elementSection(element: ElementModel): string {
  const { attributes, properties, methods, events, slots, parts, cssProperties } = element;
  const named = (list: { name: string; description: string; default?: string }[], before = '', after = '') =>
    list.map(({ name, description, ...rest }) => [
      code(before + name + after),
      code(rest.default),
      description,
    ]);
  return [
    '## The element `<bc-customer-widget>`',
    element.description,
    '### Attributes',
    table(
      ['Attribute', 'Type', 'Default', ''],
      attributes.map(({ name, type, description, isReadOnly, ...rest }) => [
        code(name),
        code(type),
        code(rest.default === 'null' || rest.default === "''" ? undefined : rest.default),
        isReadOnly ? `Read-only. ${description}`.trim() : description,
      ]),
    ),
    '### Properties without an attribute',
    table(
      ['Property', 'Type', ''],
      properties
        .filter(({ attribute }) => attribute === undefined)
        .map(({ name, type, description, isReadOnly }) => [
          code(name),
          code(type),
          isReadOnly ? `Read-only. ${description}`.trim() : description,
        ]),
    ),
    '### Methods',
    table(
      ['Method', ''],
      methods.map(({ name, parameters, returns, description }) => [
        code(`${name}(${parameters.map((one) => `${one.name}: ${one.type}`).join(', ')}): ${returns}`),
        description,
      ]),
    ),
    '### Events',
    'They bubble and are composed. None carries the token.',
    table(
      ['Event', '`detail`', ''],
      events.map(({ name, detail, description }) => [code(name), code(detail), description]),
    ),
    '### Slots',
    table(['Slot', '', ''], named(slots)),
    '### Parts',
    'For `bc-customer-widget::part(…)`.',
    table(['Part', '', ''], named(parts)),
    '### Custom properties',
    table(['Property', 'Default', ''], named(cssProperties)),
  ].join('\n\n');
}

function entrySection({ name, purpose, exports }: Entry, before: Entry[]): string {
  const isKnown = (one: ExportModel) =>
    before.some((entry) => entry.exports.some((other) => other.name === one.name));
  const known = exports.filter(isKnown).map((one) => `[\`${one.name}\`](#${anchorOf(one.name)})`);
  const ordered = [
    ...exports.filter((one) => one.isValue && !isKnown(one)),
    ...exports.filter((one) => !one.isValue && !isKnown(one)),
  ];
  return [
    `## \`${name}\``,
    purpose,
    ...(known.length > 0 ? [`Also exports ${known.join(', ')}, described above.`] : []),
    ...ordered.map((one) => exportSection(one, name)),
  ].join('\n\n');
}

function exportSection(exported: ExportModel, entry: string): string {
  const { name, declaration, description, parameters, returns, throws, examples } = exported;
  const lines = [
    ...parameters.map((one) => `- \`${one.name}\`: ${oneLine(one.description)}`),
    ...(returns ? [`- Returns ${oneLine(returns)}`] : []),
    ...throws.map((text) => `- Throws ${oneLine(text.replace(/^\{(.+?)\}/, '`$1`'))}`),
  ];
  return [
    `### ${name}`,
    ...(description ? [description] : []),
    fenced('typescript', shortened(declaration)),
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    ...examples.map((text) => exampleOf(text, name, entry)),
  ].join('\n\n');
}

/** An example of something is complete with its import. */
function exampleOf(text: string, name: string, entry: string): string {
  if (text.startsWith('<')) return fenced('html', text);
  const isNamed = new RegExp(`\\b${name}\\b`).test(text) && !text.includes('import ');
  return fenced('ts', isNamed ? `import { ${name} } from '${entry}';\n\n${text}` : text);
}

function table(head: string[], rows: string[][]): string {
  const used = head.map((_, column) => column === 0 || rows.some((row) => row[column]));
  const line = (cells: string[]) => `| ${cells.filter((_, column) => used[column]).join(' | ')} |`;
  const cell = (text: string) => oneLine(text).replaceAll('|', '\\|');
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map(cell)))].join('\n');
}

/** An inferred type can be a page long; nobody reads it here. */
function shortened(declaration: string): string {
  const lines = declaration.split('\n');
  return lines.length <= 60 ? declaration : `${lines[0]!} /* … */ }`;
}

const code = (text: string | undefined) => (text ? `\`${text}\`` : '');

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

const fenced = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;

/** As GitHub makes them of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
