import { cp, mkdir } from 'node:fs/promises';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import literals from 'rollup-plugin-html-literals';

const rooms = ['element', 'stencil', 'client', 'server', 'emulator', 'cli'];
const entries = ['src/index.ts', ...rooms.map((room) => `src/${room}/index.ts`)];

const compile = (declaration) => typescript({ tsconfig: 'src/tsconfig.json', declaration });

/** Gives the example theme what `templates/` and the bundle hold, so that it is a complete Stencil theme. */
const installIntoExampleTheme = {
  name: 'install-into-example-theme',
  async writeBundle() {
    const assets = 'example-theme/assets/bc-customer-widget';
    const partials = 'components/bc-customer-widget';
    await mkdir(assets, { recursive: true });
    await cp('dist/bc-customer-widget.min.js', `${assets}/bc-customer-widget.js`);
    await cp(`templates/${partials}`, `example-theme/templates/${partials}`, { recursive: true });
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
  // The self-contained module that a theme serves: Lit inside, nothing else to load.
  {
    input: 'src/index.ts',
    output: [
      {
        file: 'dist/bc-customer-widget.min.js',
        format: 'esm',
        sourcemap: true,
        plugins: [installIntoExampleTheme],
      },
      // Script Manager cannot load a module from an address.
      {
        file: 'dist/bc-customer-widget.classic.min.js',
        format: 'iife',
        name: 'bcCustomerWidget',
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
