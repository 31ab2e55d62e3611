// Finds executables on this machine, and installs Debian's packages where that is allowed.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

/** The first of the names that is there. */
export function onPath(names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Only for root on Debian and its like; elsewhere nothing happens. */
export function installByApt(packages: string[]): void {
  if (!isRoot || !onPath(['apt-get'])) return;
  console.log(`Installing ${packages.join(', ')} (apt-get, as root) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quietly = { stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'], env };
  // Two suites may want something at the same time.
  const patiently = ['-qq', '-o', 'DPkg::Lock::Timeout=120'];
  spawnSync('apt-get', [...patiently, 'update'], quietly);
  spawnSync('apt-get', [...patiently, '-y', '--no-install-recommends', 'install', ...packages], quietly);
}
