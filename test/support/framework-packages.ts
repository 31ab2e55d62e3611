// The frameworks and package checkers of test/frameworks/package.json, kept out of the package's own install.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './command.js';

/** Suites that use them. */
export const withFrameworkPackages = ['frameworks', 'published', 'docs'];

const folder = 'test/frameworks';

/** Installs what the lockfile there says, unless that has been done. */
export async function installFrameworkPackages(): Promise<void> {
  const modified = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (modified('node_modules/.package-lock.json') >= modified('package-lock.json')) return;
  console.log('Installing the frameworks to test with …');
  await npm('ci', '--no-audit', '--no-fund', '--silent', '--prefix', folder);
}

/** An executable of one of those packages, to run with Node. */
export const frameworkFile = (path: string): string => join(folder, 'node_modules', path);
