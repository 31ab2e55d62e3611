// The package as npm delivers it: packed, and installed into an empty folder as an application does.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PackedPackage {
  /** The application's folder. */
  folder: string;
  /** The package's own, in the application's node_modules. */
  home: string;
  tarball: string;
  /** Paths in the package. */
  files: string[];
  unpackedSize: number;
  /** The text of one of its files. */
  read: (path: string) => string;
  /** Runs a module in the application. @throws Error when it fails */
  evaluate: (script: string) => void;
  remove: () => void;
}

/** What is in dist/ has been built before. */
export function packAndInstall(): PackedPackage {
  const folder = mkdtempSync(join(tmpdir(), 'bcw-published-'));
  const output = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], '.');
  const [packed] = JSON.parse(output) as [
    { filename: string; unpackedSize: number; files: { path: string }[] },
  ];
  const tarball = join(folder, packed.filename);
  writeFileSync(join(folder, 'package.json'), '{ "name": "app", "private": true, "type": "module" }');
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], folder);
  const home = join(folder, 'node_modules/bc-customer-widget');
  return {
    folder,
    home,
    tarball,
    files: packed.files.map(({ path }) => path),
    unpackedSize: packed.unpackedSize,
    read: (path) => readFileSync(join(home, path), 'utf8'),
    evaluate: (script) => void run(process.execPath, ['--input-type=module', '-e', script], folder),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** @throws Error with everything that the command printed, when it fails */
export function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}
