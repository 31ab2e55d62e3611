import { cp, mkdir } from 'node:fs/promises';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import literals from 'rollup-plugin-html-literals';

const options = { include: ['src/**/*'], noEmit: false, noEmitOnError: true, paths: {} };

/** Gives the example theme what `templates/` and the bundle hold, so that it is a complete Stencil theme. */
const installIntoExampleTheme = {
  name: 'install-into-example-theme',
  async writeBundle() {
    const partials = 'example-theme/templates/components/bc-customer-widget';
    const assets = 'example-theme/assets/bc-customer-widget';
    await mkdir(assets, { recursive: true });
    await cp('templates/components/bc-customer-widget', partials, { recursive: true });
    await cp('dist/bc-customer-widget.min.js', `${assets}/bc-customer-widget.js`);
  },
};

export default [
  // The package: one module a source file, so that an app's bundler takes only what it uses.
  {
    input: ['src/index.ts', 'src/element/index.ts', 'src/client/index.ts', 'src/server/index.ts', 'src/emulator/index.ts'],
    external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('src/'),
    output: { dir: 'dist', format: 'esm', sourcemap: true, preserveModules: true, preserveModulesRoot: 'src' },
    plugins: [
      typescript({
        compilerOptions: { ...options, include: undefined, declaration: true, rootDir: 'src', outDir: 'dist', inlineSources: true, sourceMap: true },
        include: options.include,
      }),
    ],
  },
  // The self-contained module that a theme serves: Lit inside, nothing else to load.
  {
    input: 'src/index.ts',
    output: { file: 'dist/bc-customer-widget.min.js', format: 'esm', sourcemap: true },
    plugins: [
      typescript({
        compilerOptions: { noEmit: false, noEmitOnError: true, paths: {}, inlineSources: true, sourceMap: true },
        include: options.include,
      }),
      literals(),
      resolve({ exportConditions: ['production'] }),
      terser({ ecma: 2022, module: true, compress: { passes: 3 }, format: { comments: false } }),
      installIntoExampleTheme,
    ],
  },
];
