import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checkSchema, checkTranslations } from '../../src/page-builder/index.js';
import { ACCEPTED, REJECTED } from './verdicts.js';

/** As it arrives from a file: a key that is undefined is not there. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

suite("the schema check says what BigCommerce's validator says", () => {
  for (const [what, schema] of ACCEPTED) {
    test(`accepts ${what}`, () => {
      assert.deepEqual(checkSchema(asJson(schema)), []);
    });
  }
  for (const [what, schema] of REJECTED) {
    test(`rejects ${what}`, () => {
      assert.notDeepEqual(checkSchema(asJson(schema)), []);
    });
  }

  test('says where the fault is', () => {
    const settings = [
      { type: 'input', id: 'a' },
      { type: 'select', id: 'b', default: 4 },
    ];
    const schema = [{ type: 'tab', label: 'Content', sections: [{}, { settings }] }];
    assert.deepEqual(checkSchema(schema), ['schema[0].sections[1].settings[1].default must be a string.']);
  });
});

suite('the translations check', () => {
  test('accepts languages with and without a region', () => {
    const words = { default: 'a', de: 'b', 'pt-BR': 'c', 'es-419': 'd' };
    assert.deepEqual(checkTranslations({ 'i18n.Heading': words }), []);
  });

  for (const [what, translations] of Object.entries({
    'a list': [],
    'a key with two dots': { 'i18n.tab.Content': { default: 'a' } },
    'a key with a hyphen': { 'i18n.tab-content': { default: 'a' } },
    'a key without the prefix': { Content: { default: 'a' } },
    'a key without a default': { 'i18n.Content': { en: 'a' } },
    'a language in capitals': { 'i18n.Content': { default: 'a', EN: 'a' } },
    'a word that is none': { 'i18n.Content': { default: 4 } },
    'a key without words': { 'i18n.Content': 'Content' },
  })) {
    test(`rejects ${what}`, () => {
      assert.notDeepEqual(checkTranslations(translations), []);
    });
  }
});
