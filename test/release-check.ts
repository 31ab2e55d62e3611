// `npm run release:check`: every gate that a release has to pass, on the packed package; a line for each. Exits with 1
// when one is shut.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { npm } from './support/command.js';
import { installFrameworkPackages } from './support/framework-packages.js';
import { packageGates } from './support/package-gates.js';
import { packAndInstall } from './support/packed-package.js';
import { releaseGates } from './support/release-gates.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await Promise.all([npm('run', '--silent', 'build'), installFrameworkPackages()]);
const packed = packAndInstall();
let shut = 0;
for (const { name, check } of packageGates) await pass(`the package ${name}`, () => check(packed));
for (const { name, check } of releaseGates) await pass(name, check);
packed.remove();
console.log(shut === 0 ? '\nReady to be released.' : `\nNot yet: ${shut} to do.`);
process.exitCode = shut === 0 ? 0 : 1;

async function pass(name: string, check: () => unknown): Promise<void> {
  try {
    const detail = await check();
    console.log(`✓ ${name}${typeof detail === 'string' ? ` (${detail})` : ''}`);
  } catch (error) {
    shut += 1;
    console.log(`✗ ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
