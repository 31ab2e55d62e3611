import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, resolve as absolute } from 'node:path';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { transform } from 'esbuild';
import literals from 'rollup-plugin-html-literals';

const rooms = ['element', 'stencil', 'client', 'server', 'aws', 'emulator', 'cli'];
const entries = ['src/index.ts', ...rooms.map((room) => `src/${room}/index.ts`)];

const compile = () => typescript({ tsconfig: 'src/tsconfig.json', declaration: true });

/** The module and the parts that it loads when they are needed, side by side under the same names everywhere. */
const MODULE_FILE = /^bc-customer-widget(-[\w-]+)?\.min\.js$/;
const THEME_ASSETS = 'example-theme/assets/bc-customer-widget';

/** Parts that not every page needs, or not at once. Each is built on its own, so that none waits for another file. */
const parts = {
  card: 'src/element/card/index.ts',
  template: 'src/element/template/index.ts',
  actions: 'src/element/actions/index.ts',
  settled: 'src/element/settled/index.ts',
  preview: 'src/element/preview.ts',
  'near-viewport': 'src/element/near-viewport.ts',
  debug: 'src/element/debug.ts',
  failures: 'src/client/failures.ts',
  'other-transports': 'src/client/other-transports.ts',
  live: 'src/client/live.ts',
};
const partFile = (name) => `./bc-customer-widget-${name}.min.js`;

const separateParts = (inside = []) => ({
  name: 'separate-parts',
  async resolveDynamicImport(specifier, importer) {
    const resolved = await this.resolve(specifier, importer);
    const [name] = Object.entries(parts).find(([, file]) => absolute(file) === resolved?.id) ?? [];
    return name && !inside.includes(name) ? { id: partFile(name), external: 'relative' } : null;
  },
});

/**
 * What every load of a card needs is in the classic build itself. Its other parts are the module's, and stand beside it:
 * a classic script knows where it came from only while it starts.
 */
const inClassic = ['card', 'settled'];
const partsBesideScript = {
  name: 'parts-beside-script',
  renderDynamicImport: () => ({ left: 'import(scriptFolder + ', right: ')' }),
};

/** Parts of an earlier build would be taken along for ever. */
const removeStaleParts = {
  name: 'remove-stale-parts',
  async buildStart() {
    for (const folder of ['dist', THEME_ASSETS]) {
      const names = await readdir(folder).catch(() => []);
      await Promise.all(
        names.filter((name) => MODULE_FILE.test(name)).map((name) => rm(`${folder}/${name}`)),
      );
    }
  },
};

/** Gives the example theme what `templates/` and the bundle hold, so that it is a complete Stencil theme. */
const installIntoExampleTheme = {
  name: 'install-into-example-theme',
  async writeBundle() {
    const partials = 'components/bc-customer-widget';
    await mkdir(THEME_ASSETS, { recursive: true });
    for (const name of (await readdir('dist')).filter((name) => MODULE_FILE.test(name))) {
      await cp(`dist/${name}`, `${THEME_ASSETS}/${name}`);
    }
    await cp(`templates/${partials}`, `example-theme/templates/${partials}`, { recursive: true });
  },
};

/** Types are checked by the package's own build; here they are only taken away, which is much faster. */
const withoutTypes = {
  name: 'without-types',
  resolveId(specifier, importer) {
    // A theme's own stencil-utils is used where there is one; the module brings no copy along.
    if (specifier === '@bigcommerce/stencil-utils/src/api/product.js')
      return absolute('src/stencil/product-api.ts');
    const isOurs = specifier.startsWith('.') && importer?.endsWith('.ts');
    return isOurs ? absolute(dirname(importer), specifier.replace(/\.js$/, '.ts')) : null;
  },
  async transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    const compiled = await transform(code, {
      loader: 'ts',
      target: 'es2022',
      sourcemap: true,
      sourcefile: id,
    });
    return { code: compiled.code, map: compiled.map };
  },
};

const minify = [
  withoutTypes,
  // The class itself has no templates, and names what the minifier of styles shies away from.
  literals({ include: ['src/**'], exclude: ['src/element/bc-customer-widget.ts'] }),
  resolve({ exportConditions: ['production'] }),
  terser({ ecma: 2022, module: true, compress: { passes: 3 }, format: { comments: /^!/ } }),
];

const { version } = JSON.parse(await readFile('package.json', 'utf8'));
const banner = `/*! bc-customer-widget ${version} MIT, Lit BSD-3-Clause */`;

const moduleOutput = {
  dir: 'dist',
  entryFileNames: '[name].min.js',
  chunkFileNames: 'bc-customer-widget-[name].min.js',
  format: 'esm',
  sourcemap: true,
  banner,
};

export default [
  // The package: one module a source file, so that an app's bundler takes only what it uses.
  {
    input: entries,
    external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('src/'),
    output: {
      dir: 'dist',
      format: 'esm',
      sourcemap: true,
      preserveModules: true,
      preserveModulesRoot: 'src',
    },
    plugins: [compile()],
  },
  // The module that a theme serves: Lit inside, nothing to load but its own parts.
  {
    input: { 'bc-customer-widget': 'src/index.ts' },
    output: moduleOutput,
    plugins: [removeStaleParts, separateParts(), ...minify],
  },
  ...Object.entries(parts).map(([name, file]) => ({
    input: { [`bc-customer-widget-${name}`]: file },
    output: moduleOutput,
    plugins: [separateParts(), ...minify],
  })),
  // Script Manager cannot load a module from an address.
  {
    input: { 'bc-customer-widget': 'src/index.ts' },
    output: {
      dir: 'dist',
      entryFileNames: '[name].iife.min.js',
      format: 'iife',
      name: 'bcCustomerWidget',
      inlineDynamicImports: true,
      sourcemap: true,
      banner,
      // Without a src, as a script in the page itself is, the parts are looked for beside the page.
      intro: "const scriptFolder = (document.currentScript?.src ?? '').replace(/[^/]*(\\?.*)?$/, '');",
    },
    plugins: [separateParts(inClassic), partsBesideScript, ...minify, installIntoExampleTheme],
  },
];
