import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { insertItem, insertProperty, removeAt, replaceValue } from '../../src/cli/json-edit.js';

const OBJECTS = {
  'two spaces': '{\n  "a": 1,\n  "b": { "c": [1, 2] }\n}\n',
  'four spaces': '{\n    "a": 1\n}',
  tabs: '{\n\t"a": {\n\t\t"b": 1\n\t}\n}\n',
  'windows line ends': '{\r\n  "a": 1\r\n}\r\n',
  'one line': '{"a":1}',
  'one line with spaces': '{ "a": 1 }\n',
  empty: '{}',
  'empty with a line end': '{}\n',
  'odd blank lines': '{\n\n  "a":1 ,\n\n  "b":2\n\n}\n\n',
  'strings that look like structure': '{\n  "a": "}, ]",\n  "b": "\\"{"\n}\n',
};

suite('an edit of JSON as text', () => {
  for (const [name, text] of Object.entries(OBJECTS)) {
    test(`adds properties to ${name} and takes them out again without a trace`, () => {
      const values = { x: true, y: { deep: ['1', { z: null }] }, 'key with "quotes"': 'ü' };
      let edited = text;
      for (const [key, value] of Object.entries(values)) edited = insertProperty(edited, [], key, value);
      assert.deepEqual(JSON.parse(edited), { ...(JSON.parse(text) as object), ...values });
      assert.equal(edited.includes('\r\n'), text.includes('\r\n'));
      assert.ok(!/[^\r]\n/.test(edited) || !text.includes('\r\n'));
      for (const key of Object.keys(values).reverse()) edited = removeAt(edited, [key]);
      assert.equal(edited, text);
    });
  }

  test('writes as the file does', () => {
    assert.equal(
      insertProperty('{\n\t"a": 1\n}', [], 'b', { c: 1 }),
      '{\n\t"a": 1,\n\t"b": {\n\t\t"c": 1\n\t}\n}',
    );
    assert.equal(insertProperty('{"a":1}', [], 'b', { c: 1 }), '{"a":1,"b":{"c":1}}');
    assert.equal(insertProperty('{\n  "a": {}\n}', ['a'], 'b', 1), '{\n  "a": {\n    "b": 1\n  }\n}');
  });

  test('adds an item to an array and takes it out again', () => {
    for (const text of ['[]', '[\n  { "name": "a" }\n]\n', '[{"name":"a"}]']) {
      const edited = insertItem(text, [], { name: 'b' });
      const items = JSON.parse(edited) as unknown[];
      assert.deepEqual(items.at(-1), { name: 'b' });
      assert.equal(removeAt(edited, [items.length - 1]), text);
    }
  });

  test('takes out a property that something was added after, or that is the first', () => {
    assert.equal(removeAt('{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', ['b']), '{\n  "a": 1,\n  "c": 3\n}');
    assert.equal(removeAt('{\n  "a": 1,\n  "b": 2\n}', ['a']), '{\n  "b": 2\n}');
  });

  test('leaves the text alone when there is nothing to take out', () => {
    assert.equal(removeAt('{ "a": 1 }', ['b']), '{ "a": 1 }');
    assert.equal(removeAt('{ "a": 1 }', ['b', 'c']), '{ "a": 1 }');
  });

  test('replaces one value and nothing around it', () => {
    const text = '{\n  "a": { "old": 1 },\n  "b":2\n}';
    assert.equal(replaceValue(text, ['a'], { new: 1 }), '{\n  "a": {\n    "new": 1\n  },\n  "b":2\n}');
  });
});
