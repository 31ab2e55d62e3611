import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openBlocks } from '../../src/cli/open-blocks.js';

suite('the blocks that are open in a template', () => {
  const rows: [template: string, open: string[]][] = [
    ['<p>{{name}}', []],
    ['{{#if customer}}', ['if customer']],
    ['{{~#if customer~}}', ['if customer']],
    ['{{#if customer}}{{/if}}', []],
    ['{{#each a}}{{#if b}}{{/if}}', ['each a']],
    ['{{#if customer}}{{else}}', ['if customer else']],
    ['{{#if a}}{{else if customer}}', ['if customer']],
    ['{{#if a}}{{else if customer}}{{else}}', ['if customer else']],
    ['{{#if a}}{{^}}', ['if a else']],
    ['{{^if customer}}', ['if customer else']],
    ['{{#if x "!==" false}}{{> components/p a=b}}{{{region name="x"}}}', ['if x "!==" false']],
    ['{{#> layout/base}}', ['layout/base']],
    ['{{#partial "page"}}{{/partial}}{{> layout/base}}', []],
    ['{{!-- {{#each a}} --}}', []],
    ['{{! {{#each a }}', []],
    ['<!-- {{#each a}} -->', []],
  ];
  for (const [template, open] of rows) {
    test(`${template}: ${open.join(', ') || 'none'}`, () => {
      const found = openBlocks(template).map(({ name, params, isElse }) =>
        [name, params, isElse ? 'else' : ''].filter(Boolean).join(' '),
      );
      assert.deepEqual(found, open);
    });
  }
});
