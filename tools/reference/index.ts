// What `npm run docs` writes into docs/: the API reference and the list of public names, both made from the source.
// TypeScript's own compiler is enough for that: the generators that there are know nothing of custom elements.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { readElement } from '../metadata/read-element.js';
import { apiPage, type Entry } from './api-page.js';
import { publicSurface, type Surface } from './public-surface.js';
import { createProgram, readExports } from './read-exports.js';

/** In the order of the page; a name that several entries export is described at the first. */
const purposes: Record<string, [file: string, purpose: string]> = {
  'bc-customer-widget': [
    'src/index.ts',
    'Registers the element. The self-contained `bc-customer-widget.min.js` and `bc-customer-widget.iife.min.js` ' +
      '(as `bcCustomerWidget`) have the same exports.',
  ],
  'bc-customer-widget/element': ['src/element/index.ts', "The element's class, without registering it."],
  'bc-customer-widget/client': [
    'src/client/index.ts',
    "The browser's half of the exchange, without DOM and without Lit.",
  ],
  'bc-customer-widget/server': ['src/server/index.ts', 'For your backend: verify, answer, sign.'],
  'bc-customer-widget/aws': ['src/aws/index.ts', 'A Lambda authorizer for API Gateway.'],
  'bc-customer-widget/stencil': [
    'src/stencil/index.ts',
    "A Stencil theme's own product cards, and word of a changed cart.",
  ],
  'bc-customer-widget/emulator': [
    'src/emulator/index.ts',
    'A BigCommerce store on this machine, for development and tests. It needs `@bigcommerce/stencil-paper`, `hono` and `@hono/node-server`.',
  ],
};

export interface Reference {
  /** Paths from the root, and what belongs there. */
  files: Record<'docs/api.md' | 'docs/public-surface.json', string>;
  surface: Surface;
}

/** @throws Error when an export is declared nowhere */
export async function readReference(root: string): Promise<Reference> {
  const files = Object.values(purposes).map(([file]) => file);
  const program = createProgram(root, files);
  const element = readElement(root, program);
  const exports = readExports(root, files, program);
  const entries = Object.entries(purposes).map(([name, [file, purpose]]): Entry => ({
    name,
    purpose,
    exports: exports[file] ?? [],
  }));
  const surface = await publicSurface(root, element, entries);
  const options = await resolveConfig(join(root, 'package.json'));
  return {
    surface,
    files: {
      'docs/api.md': await format(apiPage(element, entries), { ...options, parser: 'markdown' }),
      'docs/public-surface.json': await format(JSON.stringify(surface), { ...options, parser: 'json' }),
    },
  };
}

/** The names as they were when `npm run docs` was last run. */
export function committedSurface(root: string): Surface {
  return JSON.parse(readFileSync(join(root, 'docs/public-surface.json'), 'utf8')) as Surface;
}
