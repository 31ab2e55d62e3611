// Where the templates of a theme show the widget, and what blocks of Handlebars are around it there, across includes.
import type { Draft } from '../draft.js';
import { isLoop, openBlocks, withoutComments, type OpenBlock } from '../open-blocks.js';
import { PARTIALS } from '../package-files.js';

export interface Place {
  path: string;
  line: number;
}

export interface ThemeReading {
  /** In the theme's own templates. */
  includes: (Place & { isOutOfScope: boolean; passesSettings: boolean })[];
  elements: (Place & { isGuarded: boolean })[];
  scripts: (Place & { hasNonce: boolean })[];
}

interface Spot extends Place {
  text: string;
  blocks: OpenBlock[];
}

interface Include extends Spot {
  /** Template that is included. */
  target: string;
  passesCustomer: boolean;
}

const INCLUDE = /\{\{~?#?>\s*["']?([\w/@.-]+)["']?([^}]*)\}\}/g;
const SHOWS_WIDGET = /^components\/bc-customer-widget\/(?!product-card$)/;

export async function readTemplates(draft: Draft): Promise<ThemeReading> {
  const files = (await draft.list('templates')).filter((file) => file.endsWith('.html'));
  const templates = await Promise.all(
    files.map(async (file) => ({
      path: `templates/${file}`,
      source: withoutComments((await draft.read(`templates/${file}`)) ?? ''),
    })),
  );
  const spots = (pattern: RegExp) =>
    templates.flatMap(({ path, source }) =>
      [...source.matchAll(pattern)].map((match) => toSpot(path, source, match)),
    );
  const includes: Include[] = spots(INCLUDE).map((spot) => ({
    ...spot,
    target: spot.groups[0] ?? '',
    passesCustomer: /\bcustomer=/.test(spot.text),
  }));
  const around = (spot: Spot) => surroundings(spot, includes);
  return {
    includes: includes
      .filter(({ path, target }) => SHOWS_WIDGET.test(target) && !path.startsWith(PARTIALS))
      .map((spot) => ({
        ...place(spot),
        passesSettings: /\bapp_client_id=/.test(spot.text) && /\bbackend_url=/.test(spot.text),
        isOutOfScope: !spot.passesCustomer && around(spot).some((blocks) => blocks.some(isLoop)),
      })),
    elements: spots(/<bc-customer-widget[\s>]/g).map((spot) => ({
      ...place(spot),
      isGuarded: around(spot).every((blocks) => blocks.some(isForCustomers)),
    })),
    scripts: spots(/<script\b[^>]*bc-customer-widget[^>]*>/g).map((spot) => ({
      ...place(spot),
      hasNonce: /\bnonce=["']\{\{\s*nonce\s*\}\}["']/.test(spot.text),
    })),
  };
}

/** The blocks around a place, for each way in which a page comes to it. */
function surroundings(spot: Spot, includes: readonly Include[], seen: readonly string[] = []): OpenBlock[][] {
  const name = spot.path.replace(/^templates\/|\.html$/g, '');
  const ways = includes.filter(({ target, path }) => target === name && !seen.includes(path));
  if (ways.length === 0) return [spot.blocks];
  return ways.flatMap((way) =>
    surroundings(way, includes, [...seen, way.path]).map((outer) => [
      // What is passed on is in sight again.
      ...(way.passesCustomer ? outer.filter((block) => !isLoop(block)) : outer),
      ...spot.blocks,
    ]),
  );
}

const isForCustomers = ({ name, params, isElse }: OpenBlock) =>
  (/^(if|and)$/.test(name) && /^\(?customer\b/.test(params) && !isElse) ||
  (name === 'unless' && params === 'customer' && isElse);

function toSpot(path: string, source: string, match: RegExpExecArray): Spot & { groups: string[] } {
  const before = source.slice(0, match.index);
  const [text, ...groups] = match;
  return { path, line: before.split('\n').length, text, groups, blocks: openBlocks(before) };
}

const place = ({ path, line }: Spot): Place => ({ path, line });
