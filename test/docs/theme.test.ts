// What the documents tell to put into a theme: Handlebars by the real engine, edits as `add` makes them, SCSS by the
// real compiler, JSON.
import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import { createEmulator, createStencilEngine, sampleContext } from 'bc-customer-widget/emulator';
import type { CustomerCard } from '../../src/card.js';
import { insertInclude, places } from '../../src/cli/places.js';
import { withoutStencilCli } from '../support/stencil-cli/index.js';
import { temporaryTheme } from '../theme/temporary-theme.js';
import { blocksIn } from './support/blocks.js';

suite('Handlebars in the documents', () => {
  for (const { key, text } of blocksIn('handlebars')) {
    for (const engine of ['handlebars-v3', 'handlebars-v4'] as const) {
      test(`${key} gives a customer the widget, and a guest nothing, on ${engine}`, async () => {
        const page = key.startsWith('docs/cards.md') ? `{{#if customer}}${text}{{/if}}` : text;
        const themeDir = await temporaryTheme({ 'templates/pages/snippet.html': page });
        const render = (who: 'guest' | 'customer') =>
          createStencilEngine({ themeDir, engine }).render({
            template: 'pages/snippet',
            context: sampleContext(who),
            nonce: 'the-nonce',
          });
        const shown = await render('customer');
        assert.match(shown, /<bc-customer-widget\s[^>]*app-client-id="/);
        assert.doesNotMatch(shown, /\{\{|undefined/);
        assert.equal((await render('guest')).trim(), '');
      });
    }
  }
});

suite('edits in the documents', () => {
  for (const { key, text } of blocksIn('diff')) {
    test(`${key} is what \`add\` does`, () => {
      const lines = text.trimEnd().split('\n');
      const place = Object.values(places).find(({ include }) => lines.includes(`+${include}`));
      assert.ok(place, 'an include of a place');
      const before = lines.filter((line) => line.startsWith(' '));
      const after = lines.map((line) => line.slice(1));
      assert.equal(
        insertInclude(`${before.map((line) => line.slice(1)).join('\n')}\n`, place),
        `${after.join('\n')}\n`,
      );
    });
  }
});

suite('SCSS in the documents', () => {
  for (const { key, text } of blocksIn('scss')) {
    test(
      `${key} is compiled by the real compiler, with no call left over`,
      { skip: withoutStencilCli },
      async () => {
        const themeDir = await temporaryTheme({ 'assets/scss/theme.scss': text });
        await symlink(resolve('example-theme/node_modules'), join(themeDir, 'node_modules'));
        const colours = [...text.matchAll(/stencilColor\('([\w-]+)'\)/g)].map(([, name]) => [
          name!,
          '#123456',
        ]);
        const themeSettings = Object.fromEntries([...colours, ['body-font', 'Google_Karla_400']]) as Record<
          string,
          string
        >;
        const store = createEmulator({ themeDir, themeSettings });
        const answer = await store.fetch(new Request('http://localhost/stencil/emulator/css/theme.css'));
        const css = await answer.text();
        assert.equal(answer.status, 200, css);
        assert.match(css, /--bcw-color-accent: #123456/);
        assert.doesNotMatch(css, /stencil|#\{/);
      },
    );
  }
});

suite('JSON in the documents', () => {
  for (const { key, text } of blocksIn('json')) {
    test(`${key} is valid`, () => {
      const value = JSON.parse(text) as object;
      if (!key.endsWith('#the-built-in-card')) return;
      const fields = [
        'heading',
        'text',
        'facts',
        'items',
        'productIds',
        'actions',
      ] satisfies (keyof CustomerCard)[];
      assert.deepEqual(Object.keys(value), fields, 'it shows every field of a card');
    });
  }
});
