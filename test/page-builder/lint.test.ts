import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import {
  lintWidgetTemplate,
  readWidgetTemplate,
  type WidgetSchema,
  type WidgetTemplate,
} from '../../src/page-builder/index.js';

const select = (more: object = {}) => ({
  type: 'select',
  id: 'guest',
  label: 'i18n.Guest',
  default: 'hide',
  typeMeta: { selectOptions: [{ label: 'i18n.Hide', value: 'hide' }] },
  ...more,
});
const input = (more: object = {}) => ({
  type: 'input',
  id: 'text',
  label: 'i18n.Text',
  default: '',
  ...more,
});
/** As it arrives from a file: a key that is undefined is not there. */
const schemaOf = (...settings: object[]) =>
  JSON.parse(JSON.stringify([{ type: 'tab', label: 'i18n.Tab', sections: [{ settings }] }])) as WidgetSchema;
const word = (english: string, german = english) => ({ default: english, de: german });

/** A template without a fault; each case breaks one thing in it. */
const good: WidgetTemplate = {
  html: '{{!-- customer --}}<p {{#if guest "===" "hide"}}hidden{{/if}} title="{{text}}">{{_.id}}</p><script></script>',
  schema: schemaOf(select(), input()),
  translations: {
    'i18n.Tab': word('Tab'),
    'i18n.Guest': word('Guest', 'Gast'),
    'i18n.Hide': word('Hide', 'Verbergen'),
    'i18n.Text': word('Text'),
  },
};
const without = (key: string) =>
  Object.fromEntries(Object.entries(good.translations).filter(([one]) => one !== key));
const html = (more: string) => ({ html: good.html + more });

suite('the lint of widget templates', () => {
  test('has nothing to say about a good one', () => {
    assert.deepEqual(lintWidgetTemplate(good), []);
  });

  test('has nothing to say about ours', async () => {
    assert.deepEqual(lintWidgetTemplate(await readWidgetTemplate()), []);
  });

  for (const [what, change, expected] of [
    ['an empty schema', { schema: [], html: '<p></p>', translations: {} }, /schema is empty/],
    ['an id that is used twice', { schema: schemaOf(select(), input(), input()) }, /text is the id of more/],
    ['an id with a hyphen', { schema: schemaOf(select(), input({ id: 'my-text' })) }, /my-text: an id is/],
    ['a secret', { schema: schemaOf(select(), input({ id: 'clientSecret' })) }, /printed into the page/],
    [
      'a value that is no string',
      { schema: schemaOf(select(), input({ type: 'boolean', default: true })) },
      /gives no string/,
    ],
    [
      'a setting without a default',
      { schema: schemaOf(select(), input({ default: undefined })) },
      /text has no default/,
    ],
    [
      'a default that is no option',
      { schema: schemaOf(select({ default: 'show' }), input()) },
      /none of the options/,
    ],
    [
      'a condition on a setting elsewhere',
      {
        schema: schemaOf(select(), input({ conditional: { key: 'variant', operator: 'IN', value: ['a'] } })),
      },
      /which is not in its list/,
    ],
    [
      'a condition on no option',
      { schema: schemaOf(select(), input({ conditional: { key: 'guest', operator: 'IN', value: ['a'] } })) },
      /does not have/,
    ],
    [
      'a setting that is not used',
      { schema: schemaOf(select(), input(), input({ id: 'more' })) },
      /more is not used/,
    ],
    ['a name that is no setting', html('{{headng}}'), /uses "headng", which is no setting/],
    ['a name in a block', html('{{#unless headng}}{{/unless}}'), /uses "headng"/],
    ['a question for the customer', html('{{#if customer}}{{/if}}'), /there is none in a widget template/],
    ['a value in an attribute without quotes', html('<p title={{text}}></p>'), /without quotes/],
    ['a value as markup', html('{{{text}}}'), /escape/],
    ['a script in another element', html('<div title=">"><script></script></div>'), /inside another element/],
    ['an empty page', { html: ' {{!-- {{guest}} {{text}} --}} ' }, /widget.html is empty/],
    [
      'a label without a translation',
      { translations: without('i18n.Guest') },
      /"i18n.Guest" has no translation/,
    ],
    [
      'an option without a translation',
      { translations: without('i18n.Hide') },
      /"i18n.Hide" has no translation/,
    ],
    [
      'a word that is left over',
      { translations: { ...good.translations, 'i18n.Old': word('Old') } },
      /i18n.Old is translated and not used/,
    ],
    [
      'a word that lacks a language',
      { translations: { ...good.translations, 'i18n.Text': { default: 'Text' } } },
      /no word for "de"/,
    ],
    ['a shape that BigCommerce refuses', { schema: {} as WidgetSchema }, /schema must be a list/],
  ] as [string, Partial<WidgetTemplate>, RegExp][]) {
    test(`finds ${what}`, () => {
      const problems = lintWidgetTemplate({ ...good, ...change });
      assert.ok(
        problems.some((problem) => expected.test(problem)),
        problems.join('\n'),
      );
    });
  }

  for (const more of [
    '{{#each entries}}{{title}}{{else}}{{../text}}{{/each}}',
    '<br><img src="a"><script></script>',
    '<!-- <div><script></script></div> {{customer}} -->',
    '{{concat "customer" text}}',
    '{{#if (or text entries)}}{{else if title "===" "a"}}{{~else~}}{{/if}}',
    '{{text.length}}{{this.text}}{{@index}}{{12}}',
  ]) {
    test(`understands ${more}`, () => {
      const entries = {
        type: 'array',
        id: 'entries',
        label: 'i18n.Tab',
        entryLabel: 'i18n.Tab',
        schema: [{ type: 'tab', label: 'i18n.Tab', sections: [{ settings: [input({ id: 'title' })] }] }],
      };
      const problems = lintWidgetTemplate({
        ...good,
        schema: [...good.schema, entries] as WidgetSchema,
        html: `${good.html}{{#if entries}}{{#if title}}{{/if}}{{/if}}${more}`,
      });
      assert.deepEqual(problems, []);
    });
  }
});

suite('reading a widget template', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bcw-widget-'));
  });
  after(() => rm(folder, { recursive: true }));

  test('names the file that is missing, then the one that is no JSON', async () => {
    await assert.rejects(readWidgetTemplate(folder), /widget\.html cannot be read/);
    await writeFile(join(folder, 'widget.html'), '<p></p>');
    await assert.rejects(readWidgetTemplate(folder), /schema\.json cannot be read/);
    await writeFile(join(folder, 'schema.json'), '[{');
    await assert.rejects(readWidgetTemplate(folder), /schema\.json is not JSON/);
  });

  test('does without translations', async () => {
    await writeFile(join(folder, 'schema.json'), '[]');
    assert.deepEqual((await readWidgetTemplate(folder)).translations, {});
    await writeFile(join(folder, 'schema_translations.json'), 'x');
    await assert.rejects(readWidgetTemplate(folder), /schema_translations\.json is not JSON/);
  });
});
