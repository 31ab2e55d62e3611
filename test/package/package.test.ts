// The package as its users get it: what each entry may hold, that it loads, and that the README tells the truth.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';

interface Manifest {
  name: string;
  exports: Record<string, string | { types: string; default: string }>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const bundle = readFileSync('dist/bc-customer-widget.min.js');
const code = bundle.toString();

describe('the self-contained module', () => {
  it('imports nothing from a package', () => {
    assert.doesNotMatch(code, /\bfrom\s*["'][^./]/);
    assert.doesNotMatch(code, /\bimport\s*["'(]\s*["']?[^./"']/);
  });

  it('holds nothing of the server, the emulator or the development build of Lit', () => {
    for (const stranger of ['jwtVerify', 'HS512', 'clientSecret', 'stencil-paper', 'Lit is in dev mode']) {
      assert.ok(!code.includes(stranger), stranger);
    }
    assert.ok(code.includes('current.jwt'), 'the control: what belongs there is found');
  });

  it('is as small as the first lines of the README say', () => {
    const said = Number(/\*\*([\d.]+) kB\*\*/.exec(readFileSync('README.md', 'utf8'))?.[1]);
    const measured = gzipSync(bundle, { level: 9 }).length / 1000;
    const words = `README: ${said} kB, measured: ${measured} kB`;
    assert.ok(measured <= said, words);
    assert.ok(measured > said - 1, `${words}: time to say the smaller number`);
  });
});

describe('every entry of the package', () => {
  for (const [entry, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string') continue;
    it(`${entry} is there with its types, and loads on Node without a DOM`, () => {
      assert.ok(existsSync(target.types), target.types);
      const name = manifest.name + entry.slice(1);
      const script = `await import(${JSON.stringify(name)}); if (globalThis.document) throw new Error('a DOM?')`;
      const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH },
      });
      assert.equal(status, 0, stderr);
    });
  }
});

describe('the lockfile', () => {
  it('holds no addresses', () => {
    assert.doesNotMatch(readFileSync('package-lock.json', 'utf8'), /"resolved"/);
  });
});
