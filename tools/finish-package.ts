// The last step of `npm run build`: what is made from the source and from the bundles, beside them in dist/.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { metadataFiles } from './metadata/index.js';
import { thirdPartyNotices } from './third-party-notices.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

write('integrity.json', `${JSON.stringify({ version, files: integrity() }, null, 2)}\n`);
write('THIRD-PARTY-NOTICES.txt', thirdPartyNotices(root, dist));
for (const [name, text] of Object.entries(metadataFiles(root, version))) write(name, text);

/** For `<script integrity>`, by file. A module's lazy parts are listed too, for an import map's `integrity`. */
function integrity(): Record<string, string> {
  const files = readdirSync(dist).filter((name) => name.endsWith('.min.js'));
  return Object.fromEntries(
    files.sort().map((name) => {
      const hash = createHash('sha384').update(readFileSync(join(dist, name)));
      return [name, `sha384-${hash.digest('base64')}`];
    }),
  );
}

function write(name: string, text: string): void {
  const path = join(dist, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
