import { cp, mkdir, readdir, rm } from 'node:fs/promises';
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

/** Parts that not every page needs. Each is built on its own, so that none waits for another file. */
const parts = ['card', 'template', 'actions'];
const separateParts = {
  name: 'separate-parts',
  resolveDynamicImport(specifier) {
    const part = parts.find((name) => String(specifier).endsWith(`/${name}/index.js`));
    return part ? { id: `./bc-customer-widget-${part}.min.js`, external: 'relative' } : null;
  },
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
  literals({ include: ['src/**'] }),
  resolve({ exportConditions: ['production'] }),
  terser({ ecma: 2022, module: true, compress: { passes: 3 }, format: { comments: /^!/ } }),
];

const moduleOutput = {
  dir: 'dist',
  entryFileNames: '[name].min.js',
  chunkFileNames: 'bc-customer-widget-[name].min.js',
  format: 'esm',
  sourcemap: true,
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
    // Small parts import what they share from the module itself, so that it stays one file.
    preserveEntrySignatures: 'allow-extension',
    output: moduleOutput,
    plugins: [removeStaleParts, separateParts, ...minify],
  },
  ...parts.map((part) => ({
    input: { [`bc-customer-widget-${part}`]: `src/element/${part}/index.ts` },
    output: moduleOutput,
    plugins: [separateParts, ...minify],
  })),
  // Script Manager cannot load a module from an address: the classic build holds everything in one file.
  {
    input: { 'bc-customer-widget': 'src/index.ts' },
    output: {
      dir: 'dist',
      entryFileNames: '[name].iife.min.js',
      format: 'iife',
      name: 'bcCustomerWidget',
      inlineDynamicImports: true,
      sourcemap: true,
    },
    plugins: [...minify, installIntoExampleTheme],
  },
];
