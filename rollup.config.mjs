import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import literals from 'rollup-plugin-html-literals';

const rooms = ['element', 'stencil', 'client', 'server', 'aws', 'emulator', 'cli'];
const entries = ['src/index.ts', ...rooms.map((room) => `src/${room}/index.ts`)];

const compile = (declaration) => typescript({ tsconfig: 'src/tsconfig.json', declaration });

/** The module and the parts that it loads when they are needed, side by side under the same names everywhere. */
const MODULE_FILE = /^bc-customer-widget(-[\w-]+)?\.min\.js$/;

/** Gives the example theme what `templates/` and the bundle hold, so that it is a complete Stencil theme. */
const installIntoExampleTheme = {
  name: 'install-into-example-theme',
  async writeBundle(_options, bundle) {
    const assets = 'example-theme/assets/bc-customer-widget';
    const partials = 'components/bc-customer-widget';
    await mkdir(assets, { recursive: true });
    for (const name of Object.keys(bundle)) {
      if (MODULE_FILE.test(name)) await cp(`dist/${name}`, `${assets}/${name}`);
    }
    await cp(`templates/${partials}`, `example-theme/templates/${partials}`, { recursive: true });
    // Parts of an earlier build would be taken along for ever.
    for (const folder of ['dist', assets]) {
      const stale = (await readdir(folder)).filter((name) => MODULE_FILE.test(name) && !(name in bundle));
      for (const name of stale) await rm(`${folder}/${name}`);
    }
  },
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
    plugins: [compile(true)],
  },
  // The module that a theme serves: Lit inside, nothing to load but its own lazy parts.
  // Script Manager cannot load a module from an address: the classic build holds everything in one file.
  {
    input: { 'bc-customer-widget': 'src/index.ts' },
    // Lazy parts import what they share from the module itself, so that it stays one file.
    preserveEntrySignatures: 'allow-extension',
    output: [
      {
        dir: 'dist',
        entryFileNames: '[name].min.js',
        chunkFileNames: 'bc-customer-widget-[name].min.js',
        format: 'esm',
        sourcemap: true,
        plugins: [installIntoExampleTheme],
      },
      {
        dir: 'dist',
        entryFileNames: '[name].iife.min.js',
        format: 'iife',
        name: 'bcCustomerWidget',
        inlineDynamicImports: true,
        sourcemap: true,
      },
    ],
    plugins: [
      compile(false),
      literals({ include: ['src/**'] }),
      resolve({ exportConditions: ['production'] }),
      terser({ ecma: 2022, module: true, compress: { passes: 3 }, format: { comments: false } }),
    ],
  },
];
