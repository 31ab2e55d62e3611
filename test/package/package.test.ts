// The package as its users get it: what each entry may hold, and that it loads.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import terser from '@rollup/plugin-terser';
import { build } from 'esbuild';
import { rollup, type Plugin } from 'rollup';

interface Manifest {
  name: string;
  exports: Record<string, string | { types: string; default: string }>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const code = readFileSync('dist/bc-customer-widget.min.js', 'utf8');

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
});

/** What is imported later counts elsewhere. */
const laterParts: Plugin = {
  name: 'later-parts',
  resolveDynamicImport: (specifier) =>
    typeof specifier === 'string' ? { id: specifier, external: true } : null,
};
const minifier = terser({ ecma: 2022, module: true, compress: { passes: 3 } });

describe('what an application gets from an entry', () => {
  /** Gzipped kilobytes of all that an import needs at once, Lit included. */
  const limits = { client: 3.7, element: 12.6, index: 12.7, stencil: 1.1 };
  /** What no browser may ever be sent. */
  const strangers =
    /node_modules\/(jose|hono|commander|@hono|@bigcommerce\/stencil-paper)\/|src\/(server|aws|emulator|cli)\//;

  for (const [entry, limit] of Object.entries(limits)) {
    it(`is at most ${limit} kB of ${entry}, and nothing of the server or the emulator`, async (test) => {
      const { size, sources } = await bundled(entry === 'index' ? 'src/index.ts' : `src/${entry}/index.ts`);
      test.diagnostic(`${entry}: ${size} kB`);
      assert.ok(size <= limit, `${size} kB`);
      assert.deepEqual(
        sources.filter((source) => strangers.test(source)),
        [],
      );
      if (entry !== 'stencil') {
        assert.deepEqual(
          sources.filter((source) => source.includes('stencil-utils')),
          [],
          'only when needed',
        );
      }
      if (entry === 'client')
        assert.deepEqual(
          sources.filter((source) => source.includes('node_modules')),
          [],
        );
    });
  }

  it('is at most 3.5 kB of client, built as the module is', async (test) => {
    const build = await rollup({ input: 'dist/client/index.js', plugins: [laterParts, minifier] });
    const { output } = await build.generate({ format: 'esm' });
    const size = gzipSync(output[0].code, { level: 9 }).length / 1000;
    test.diagnostic(`${size} kB`);
    assert.ok(size > 3 && size <= 3.5, `${size} kB`);
  });

  it('would be found: the server holds jose', async () => {
    const { sources } = await bundled('src/server/index.ts');
    assert.ok(sources.some((source) => strangers.test(source) && source.includes('jose')));
  });

  /** Lazy parts do not count: they are other files. */
  async function bundled(entry: string): Promise<{ size: number; sources: string[] }> {
    const { outputFiles, metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      minify: true,
      splitting: true,
      metafile: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      conditions: ['production'],
      outdir: 'out',
    });
    const needed = new Set<string>();
    const add = (path: string) => {
      if (needed.has(path)) return;
      needed.add(path);
      for (const { path: next, kind } of metafile.outputs[path]?.imports ?? []) {
        if (kind === 'import-statement') add(next);
      }
    };
    const start = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === entry);
    assert.ok(start);
    add(start[0]);
    const files = outputFiles.filter(({ path }) => [...needed].some((name) => path.endsWith(name)));
    return {
      size: gzipSync(Buffer.concat(files.map(({ contents }) => contents)), { level: 9 }).length / 1000,
      sources: [...needed].flatMap((name) => Object.keys(metafile.outputs[name]?.inputs ?? {})),
    };
  }
});

describe('the bundles', () => {
  for (const name of ['bc-customer-widget.min.js', 'bc-customer-widget.iife.min.js']) {
    it(`${name} is made of nothing of the server, the emulator or stencil-utils`, () => {
      const { sources } = JSON.parse(readFileSync(`dist/${name}.map`, 'utf8')) as { sources: string[] };
      const found = sources.filter((source) => /jose|hono|src\/(server|aws|emulator|cli)\//.test(source));
      assert.deepEqual(found, []);
      assert.ok(
        sources.some((source) => source.includes('src/client/')),
        'the control: what belongs there is found',
      );
    });
  }

  it('the module leaves stencil-utils to a lazy part', () => {
    const map = readFileSync('dist/bc-customer-widget.min.js.map', 'utf8');
    assert.ok(!map.includes('node_modules/@bigcommerce/stencil-utils'));
  });
});

describe('every entry of the package', () => {
  for (const [entry, target] of Object.entries(manifest.exports)) {
    // The self-contained module holds the browser's Lit.
    if (typeof target === 'string' || entry.endsWith('.min.js')) continue;
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
