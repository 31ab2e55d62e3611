import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { insertInclude, places, removeIncludes } from '../../src/cli/places.js';

const INCLUDES = {
  account: '{{> components/bc-customer-widget/account-rewards}}',
  home: '{{> components/bc-customer-widget/recent-purchases}}',
  header: '{{> components/bc-customer-widget/header-points}}',
};

// The shapes of templates that themes have; `@` marks the line where the include belongs.
const CASES = {
  account: {
    'under the account navigation': `{{#partial "page"}}\n<h1>Orders</h1>\n{{> components/account/navigation account_page='orders'}}\n@\n<main></main>\n{{/partial}}\n`,
    'under the heading':
      '{{#partial "page"}}\n  <h1 class="x">{{lang \'a\'}}</h1>\n@\n<p></p>\n{{/partial}}\n',
    'at the start of the page': "{{#partial 'page'}}\n@\n<p></p>\n{{/partial}}\n",
  },
  home: {
    'at the start of the page, not of the hero':
      '{{#partial "hero"}}\n<b></b>\n{{/partial}}\n{{#partial "page"}}\n@\n\n    {{#each x}}\n',
    'behind front matter': '---\nproducts:\n  limit: 1\n---\n{{#partial "page"}}\n@\n{{/partial}}\n',
  },
  header: {
    'above the global region':
      '</header>\n@\n{{{region name="header_bottom--global"}}}\n{{{region name="header_bottom"}}}\n',
    'above the region': '</header>\n@\n{{{region name="header_bottom"}}}\n',
    'at the end of the header': '<header>\n  <header>\n  </header>\n@\n</header>\n',
  },
};

suite('the place of the include', () => {
  for (const [name, cases] of Object.entries(CASES)) {
    for (const [where, marked] of Object.entries(cases)) {
      const place = places[name as keyof typeof CASES];
      for (const newLine of ['\n', '\r\n']) {
        test(`${name}: ${where}${newLine === '\n' ? '' : ', with windows line ends'}`, () => {
          const include = INCLUDES[name as keyof typeof CASES];
          const expected = marked.replace('@', include).replaceAll('\n', newLine);
          const source = marked.replace('@\n', '').replaceAll('\n', newLine);
          assert.equal(insertInclude(source, place), expected);
          assert.equal(removeIncludes(expected), source);
        });
      }
    }
  }

  for (const [what, source] of Object.entries({
    'there is no anchor': '<p></p>\n',
    'the anchor is inside a loop': '{{#each pages}}\n{{#partial "page"}}\n{{/partial}}\n{{/each}}\n',
    'the anchor is inside a changed scope': '{{#with page}}\n{{#if x}}{{/if}}\n{{#partial "page"}}\n',
    'the anchor is the last line, without an end': '{{#partial "page"}}',
    'white space before it is stripped': '{{#partial "page"}}\n{{~#if x}}\n',
    'white space after it is stripped': '{{#partial "page"~}}\n<p></p>',
  })) {
    test(`is not guessed when ${what}`, () => {
      assert.equal(insertInclude(source, places.home), undefined);
    });
  }

  test('may come after a loop, inside a condition', () => {
    const source = '{{#if a}}{{#each b}}{{/each}}\n{{#partial "page"}}\n{{/partial}}\n{{/if}}\n';
    assert.match(insertInclude(source, places.home)!, /\{\{#partial "page"\}\}\n\{\{> components/);
  });

  test('is given up together with an indentation that someone gave it', () => {
    assert.equal(removeIncludes(`<p>\n    ${INCLUDES.home}\n</p>`), '<p>\n</p>');
    assert.equal(removeIncludes(`<p>${INCLUDES.home}</p>`), `<p>${INCLUDES.home}</p>`);
  });
});
