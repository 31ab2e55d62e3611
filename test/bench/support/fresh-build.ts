// Benches measure what is published: dist/, built anew unless it is newer than everything that it is made from.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../../support/command.js';

const sources = ['src', 'templates', 'tools', 'rollup.config.mjs', 'package.json'];

/** The last file that the build writes. */
const last = 'dist/vscode.css-custom-data.json';

/** Expects to be run in the project's folder. */
export async function buildUnlessFresh(): Promise<void> {
  const isFresh = existsSync(last) && statSync(last).mtimeMs > Math.max(...sources.map(newest));
  if (!isFresh) await npm('run', '--silent', 'build');
}

/** When the newest file in it was changed, in milliseconds since 1970. */
function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}
