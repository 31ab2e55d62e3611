// Where the widget goes into a theme: one include in one template, found by a line that themes have there.
import { isLoop, openBlocks } from './open-blocks.js';
import { PARTIALS } from './package-files.js';

export type PlaceName = 'account' | 'home' | 'header';

export interface Place {
  template: string;
  include: string;
  /** Lines to look for, the best first; the include goes after or before the line. */
  anchors: { line: RegExp; side: 'after' | 'before'; last?: boolean }[];
}

const include = (partial: string) => `{{> ${PARTIALS.replace('templates/', '')}/${partial}}}`;

const PAGE_START = /^\s*\{\{#partial ["']page["']\}\}\s*$/;

export const places: Record<PlaceName, Place> = {
  account: {
    // The page that a shopper comes to after signing in.
    template: 'templates/pages/account/orders/all.html',
    include: include('account-rewards'),
    anchors: [
      { line: /^\s*\{\{> components\/account\/navigation\b.*\}\}\s*$/, side: 'after' },
      { line: /^\s*<h1\b.*<\/h1>\s*$/, side: 'after' },
      { line: PAGE_START, side: 'after' },
    ],
  },
  home: {
    template: 'templates/pages/home.html',
    include: include('recent-purchases'),
    anchors: [{ line: PAGE_START, side: 'after' }],
  },
  header: {
    template: 'templates/components/common/header.html',
    include: include('header-points'),
    anchors: [
      { line: /^\s*\{\{\{region name=["']header_bottom--global["'].*\}\}\}\s*$/, side: 'before' },
      { line: /^\s*\{\{\{region name=["']header_bottom["'].*\}\}\}\s*$/, side: 'before' },
      { line: /^\s*<\/header>\s*$/, side: 'before', last: true },
    ],
  },
};

/** The template with the include in its place; undefined when no anchor is found where it would work. */
export function insertInclude(source: string, place: Place): string | undefined {
  const lines = source.split(/(?<=\n)/);
  const newLine = source.includes('\r\n') ? '\r\n' : '\n';
  for (const anchor of place.anchors) {
    const matching = lines.flatMap((line, index) => (anchor.line.test(line) ? [index] : []));
    const found = matching.at(anchor.last ? -1 : 0);
    if (found === undefined) continue;
    const at = anchor.side === 'after' ? found + 1 : found;
    const [before, after] = [lines.slice(0, at).join(''), lines.slice(at).join('')];
    // On a line of its own without indentation the engine prints nothing for it, not even the line end.
    if (!before.endsWith('\n') || before.trimEnd().endsWith('~}}') || /^\s*\{\{+~/.test(after)) continue;
    if (openBlocks(before).some(isLoop)) continue;
    return before + place.include + newLine + after;
  }
  return undefined;
}

/** Takes out the lines that hold one of the includes and nothing else. */
export function removeIncludes(source: string): string {
  const includes = Object.values(places).map((place) => place.include);
  return source
    .split(/(?<=\n)/)
    .filter((line) => !includes.includes(line.trim()))
    .join('');
}
