// What has to be true of the packed package. The tests ask it of every build, `npm run release:check` of a release.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundledPackages, sourcesOf } from '../../tools/third-party-notices.js';
import { frameworkFile } from './framework-packages.js';
import { run, type PackedPackage } from './packed-package.js';

export interface Gate {
  name: string;
  /** What was measured, for people; nothing where there is nothing to say. @throws Error with what is wrong */
  check: (packed: PackedPackage) => string | undefined;
}

/** Licences that ask for their text only. */
const PERMISSIVE = ['MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'Apache-2.0', '0BSD'];
/** BigCommerce's own library has the old BSD licence, which wants a line in advertising that names its features. */
const ACCEPTED = ['@bigcommerce/stencil-utils'];

const gate = (name: string, check: Gate['check']): Gate => ({ name, check });

export const packageGates: Gate[] = [
  gate('holds what it promises, and nothing of this repository besides', ({ files, unpackedSize }) => {
    const promised = /^(dist|templates)\/|^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/;
    assert.deepEqual(
      files.filter((path) => !promised.test(path)),
      [],
    );
    for (const path of [
      'LICENSE',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/integrity.json',
      'dist/index.d.ts',
    ]) {
      assert.ok(files.includes(path), path);
    }
    return `${files.length} files, ${megabytes(unpackedSize)}`;
  }),

  gate('holds no token, no key and no path of the machine that built it', ({ files, read }) => {
    for (const path of files) {
      const text = read(path);
      assert.doesNotMatch(text, /eyJ[\w-]{10,}\.eyJ|-----BEGIN [A-Z ]*PRIVATE KEY/, path);
      assert.ok(!text.includes(resolve('.')), path);
    }
    return undefined;
  }),

  gate('has source maps of its own source and its dependencies only', ({ files, home }) => {
    const scripts = files.filter((path) => path.endsWith('.js') && !path.startsWith('dist/frameworks/'));
    for (const path of scripts) assert.ok(files.includes(`${path}.map`), `${path} has no source map`);
    const maps = files.filter((path) => path.endsWith('.map'));
    for (const path of maps) {
      const strangers = sourcesOf(join(home, path)).filter(
        (source) => !/^(\.\.\/)+(src|node_modules)\/|^[\w./-]+\.ts$/.test(source),
      );
      assert.deepEqual(strangers, [], path);
    }
    return `${maps.length} maps`;
  }),

  gate('gives every documented import', ({ evaluate, read }) => {
    const { exports } = JSON.parse(read('package.json')) as { exports: Record<string, unknown> };
    const entries = Object.entries(exports).filter(([entry]) => !entry.includes('*'));
    for (const [entry, target] of entries) {
      const name = `bc-customer-widget${entry.slice(1)}`;
      const isCode = (target as { default?: string }).default?.endsWith('.js') ?? false;
      // The self-contained module is for browsers: it holds the browser's Lit.
      const isBundle = name.endsWith('.min.js');
      const needsPeers = entry === './emulator';
      if (isCode && !isBundle && !needsPeers) evaluate(`await import('${name}')`);
      else if (typeof target === 'string' || isBundle) evaluate(`import.meta.resolve('${name}')`);
    }
    assert.throws(() => {
      evaluate("await import('bc-customer-widget/no-such-entry')");
    }, /not defined by "exports"/);
    return `${entries.length} entries`;
  }),

  gate('passes publint --strict', ({ tarball }) => {
    run(process.execPath, ['node_modules/publint/src/cli.js', 'run', tarball, '--strict'], '.');
    return undefined;
  }),

  gate('passes are-the-types-wrong', ({ tarball }) => {
    const attw = frameworkFile('@arethetypeswrong/cli/dist/index.js');
    // An application may not mix module systems here: there is one, and the classic build is not imported at all.
    const flags = ['--profile', 'esm-only', '--exclude-entrypoints', 'bc-customer-widget.iife.min.js'];
    run(process.execPath, [attw, tarball, ...flags], '.');
    return undefined;
  }),

  gate('is as small as the first lines of the README say', ({ read, home }) => {
    const [saidMain, saidCard] = [...read('README.md').matchAll(/\*\*([\d.]+) kB\*\*/g)].map(([, kB]) =>
      Number(kB),
    );
    const [main, card, settled] = ['', '-card', '-settled'].map((part) =>
      kilobytes(join(home, `dist/bc-customer-widget${part}.min.js`)),
    ) as [number, number, number];
    assertSaid(saidMain, main);
    assertSaid(saidCard, main + card + settled);
    const classic = kilobytes(join(home, 'dist/bc-customer-widget.iife.min.js'));
    assert.ok(classic <= 16, `the classic build: ${classic} kB`);
    return `${main} kB; the classic build ${classic} kB`;
  }),

  gate('adds at most 16 packages and 10 MB to an application', ({ folder }) => {
    const packages = Object.keys(installed(folder)).length;
    const size = sizeOf(join(folder, 'node_modules'));
    const words = `${packages} packages, ${megabytes(size)}`;
    assert.ok(packages <= 16 && size <= 10e6, words);
    return words;
  }),

  gate(
    'brings permissive licences only, and the notices of what its bundles hold',
    ({ folder, home, read }) => {
      const licenceOf = (path: string) =>
        (JSON.parse(readFileSync(path, 'utf8')) as { license?: string }).license ?? 'none';
      const others = Object.keys(installed(folder)).filter(
        (path) => !PERMISSIVE.includes(licenceOf(join(folder, path, 'package.json'))),
      );
      assert.deepEqual(
        others,
        ACCEPTED.map((name) => `node_modules/${name}`),
      );
      const notices = read('dist/THIRD-PARTY-NOTICES.txt');
      const bundled = bundledPackages(join(home, 'dist'));
      assert.ok(bundled.includes('lit-html'), 'the control: what is bundled is found');
      for (const name of bundled) {
        assert.ok(notices.includes(`${name} `), name);
        const licence = licenceOf(join('node_modules', name, 'package.json'));
        assert.ok(PERMISSIVE.includes(licence) || ACCEPTED.includes(name), name);
      }
      assert.match(notices, /Redistribution and use in source and binary forms/);
      const { version } = JSON.parse(read('package.json')) as { version: string };
      for (const name of readdirSync(join(home, 'dist')).filter((file) => file.endsWith('.min.js'))) {
        const banner = `/*! bc-customer-widget ${version} MIT, Lit BSD-3-Clause */`;
        assert.ok(read(`dist/${name}`).startsWith(banner), `${name} does not begin with its licences`);
      }
      return `bundled: ${bundled.join(', ')}`;
    },
  ),

  gate('has the hash of every bundle', ({ home, read }) => {
    const { files } = JSON.parse(read('dist/integrity.json')) as { files: Record<string, string> };
    const bundles = readdirSync(join(home, 'dist')).filter((name) => name.endsWith('.min.js'));
    assert.deepEqual(Object.keys(files), bundles.sort());
    for (const name of bundles) {
      const hash = createHash('sha384').update(readFileSync(join(home, 'dist', name)));
      assert.equal(files[name], `sha384-${hash.digest('base64')}`);
    }
    return `${bundles.length} bundles`;
  }),

  gate('runs its command', ({ folder, read }) => {
    const { version, bin } = JSON.parse(read('package.json')) as { version: string; bin: object };
    const [name = ''] = Object.keys(bin);
    const command = join(folder, 'node_modules/.bin', name);
    assert.ok(existsSync(command));
    assert.equal(run(command, ['--version'], folder).trim(), version);
    return version;
  }),
];

/** What npm has installed, by path: this package is among it. */
function installed(folder: string): Record<string, unknown> {
  const lock = readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8');
  return (JSON.parse(lock) as { packages: Record<string, unknown> }).packages;
}

function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(path, name)))
    .reduce((sum, file) => (file.isFile() ? sum + file.size : sum), 0);
}

const kilobytes = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length / 1000;

function assertSaid(said = 0, measured: number): void {
  const words = `README: ${said} kB, measured: ${measured} kB`;
  assert.ok(measured <= said, words);
  assert.ok(measured > said - 1, `${words}: time to say the smaller number`);
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
