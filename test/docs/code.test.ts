// Every piece of TypeScript and JavaScript in the documents: checked by the compiler against the built package, and
// run on Node or in a browser. Those for frameworks go through the framework's own compiler.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { before, suite, test } from 'node:test';
import { blocksIn } from './support/blocks.js';
import { onNode } from './support/on-node.js';
import { inBrowser } from './support/in-browser.js';
import { readersProject, typeCheck } from './support/snippets.js';

const code = blocksIn('ts', 'js', 'tsx');
const folder = readersProject();
let complaints: Map<string, string[]>;

before(() => {
  complaints = typeCheck(folder, [
    ...code,
    { key: 'control', document: 'control', line: 1, language: 'ts', text: 'pointsOf(1);\n' },
  ]);
});

suite('code in the documents', () => {
  test('is checked: a wrong argument is noticed', () => {
    assert.match(complaints.get('control')!.join(), /^control:1 /);
    const others = [...complaints.keys()].filter(
      (key) => key !== 'control' && !code.some((one) => one.key === key),
    );
    assert.deepEqual(others, [], 'complaints about something else');
  });

  for (const { key } of code) {
    test(`${key} has the types of the package`, () => {
      assert.deepEqual(complaints.get(key), []);
    });
  }

  for (const block of code) {
    // An example of the reference is the middle of something; the guides have the whole.
    if (block.document === 'docs/api.md' || block.language === 'tsx') continue;
    const run = onNode[block.key] ?? inBrowser[block.key];
    test(`${block.key} does what it is there for`, async () => {
      assert.ok(run, `Say in test/docs/support what ${block.key} is there for.`);
      await run(block.text, folder);
    });
  }
});

suite('templates of frameworks', () => {
  const manifest = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8')) as {
    modules: { declarations: { attributes: { name: string }[]; events: { name: string }[] }[] }[];
  };
  const [declaration] = manifest.modules.flatMap(({ declarations }) => declarations);
  const known = [...declaration!.attributes, ...declaration!.events].map(({ name }) => name);
  const compilerOf = (path: string) =>
    import(pathToFileURL(resolve('test/frameworks/node_modules', path)).href);

  for (const { key, text, language } of blocksIn('vue', 'svelte')) {
    test(`${key} (${language}) compiles, with attributes and events that are there`, async () => {
      const names = [...text.matchAll(/[\s@]((?:on)?[a-z]+(?:-[a-z]+)+)=/g)].map(([, name]) =>
        name!.replace(/^on(?=bc-)/, ''),
      );
      assert.ok(names.length >= 3);
      for (const name of names) assert.ok(known.includes(name), name);
      if (language === 'vue') {
        const { compileTemplate } = (await compilerOf(
          '@vue/compiler-sfc/dist/compiler-sfc.cjs.js',
        )) as VueCompiler;
        const isCustomElement = (tag: string) => tag.includes('-');
        const compiled = compileTemplate({
          source: text,
          id: '0',
          filename: 'a.vue',
          compilerOptions: { isCustomElement },
        });
        assert.deepEqual(compiled.errors, []);
        assert.match(compiled.code, /tokenSource/);
      } else {
        const { compile } = (await compilerOf('svelte/src/compiler/index.js')) as SvelteCompiler;
        const { js, warnings } = compile(
          `<script>let { tokenSource, onLoad } = $props();</script>${text}`,
          {},
        );
        assert.deepEqual(warnings, []);
        assert.match(js.code, /tokenSource/);
      }
    });
  }
});

interface VueCompiler {
  compileTemplate: (options: object) => { code: string; errors: unknown[] };
}

interface SvelteCompiler {
  compile: (source: string, options: object) => { js: { code: string }; warnings: unknown[] };
}
