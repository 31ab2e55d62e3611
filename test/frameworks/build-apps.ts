// Builds the apps as their users would, with Vite and each framework's own plugin, in one go.
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { build } from 'vite';

export const frameworks = ['plain', 'react', 'vue', 'svelte'] as const;

/** Scripts by their path: `/react.js` and what they share. */
export async function buildApps(): Promise<Map<string, string>> {
  const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const result = await build({
    root: here('.'),
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: { 'bc-customer-widget': here('../../dist/index.js') } },
    esbuild: { jsx: 'automatic' },
    plugins: [
      vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } } }),
      svelte(),
    ],
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input: Object.fromEntries(
          frameworks.map((name) => [name, here(`apps/${name}.${name === 'react' ? 'tsx' : 'ts'}`)]),
        ),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  const { output } = Array.isArray(result)
    ? result[0]!
    : (result as Extract<typeof result, { output: unknown }>);
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[`/${file.fileName}`, file.code]] : [])));
}
