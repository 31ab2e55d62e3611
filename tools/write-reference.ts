// `npm run docs`: writes docs/api.md and docs/public-surface.json. A public name that is gone is a breaking change,
// which has to be meant: `npm run docs -- --breaking`.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingFrom } from './reference/public-surface.js';
import { committedSurface, readReference } from './reference/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { files, surface } = await readReference(root);
const gone = existsSync(join(root, 'docs/public-surface.json'))
  ? missingFrom(surface, committedSurface(root))
  : [];
if (gone.length > 0 && !process.argv.includes('--breaking')) {
  console.error(
    `This is a breaking change: these names are gone.\n  ${gone.join('\n  ')}\n` +
      'Bring them back, or say so in the CHANGELOG and run `npm run docs -- --breaking`. See docs/upgrading.md.',
  );
  process.exitCode = 1;
} else {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
}
