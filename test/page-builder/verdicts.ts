// What BigCommerce's own validator says about widget schemas, tried with it, as cases for ours.

type Case = [what: string, schema: unknown];

const tab = (...settings: unknown[]) => [{ type: 'tab', label: 'Content', sections: [{ settings }] }];
const setting = (type: string, more: object = {}) => tab({ type, id: 'a', label: 'A', ...more });
const selectWith = (more: object, selectOptions: unknown = [{ label: 'A', value: 'a' }]) =>
  setting('select', { ...more, typeMeta: { selectOptions } });
const list = {
  type: 'array',
  id: 'entries',
  label: 'Entries',
  entryLabel: 'Entry',
  schema: tab({ type: 'input', id: 'a' }),
};
const conditional = (rule: object) =>
  tab(
    { type: 'select', id: 'a', typeMeta: { selectOptions: [{ label: 'A', value: 'a' }] } },
    { type: 'input', id: 'b', conditional: rule },
  );

export const ACCEPTED: Case[] = [
  ['nothing at all', []],
  ['a tab without sections in its list', [{ type: 'tab', label: 'Content', sections: [] }]],
  [
    'two tabs',
    [
      { type: 'tab', label: 'One', sections: [] },
      { type: 'tab', label: 'Two', sections: [] },
    ],
  ],
  ['a section without a label', [{ type: 'tab', label: 'Content', sections: [{ settings: [] }] }]],
  ['a section without settings', [{ type: 'tab', label: 'Content', sections: [{ label: 'Empty' }] }]],
  ['a setting without a label', tab({ type: 'input', id: 'a' })],
  ['an unknown key in a setting', setting('input', { tags: ['advanced'] })],
  ['a select without options', setting('select')],
  ['a select whose default is no option', selectWith({ default: 'z' })],
  ['a toggle with anything', setting('toggle', { default: 4, typeMeta: 7 })],
  ['a color that is none', setting('color', { default: 'not-a-color' })],
  ['a text with a number', setting('text', { default: 4 })],
  ['one id twice', tab({ type: 'input', id: 'a' }, { type: 'input', id: 'a' })],
  ['an id with a hyphen', tab({ type: 'input', id: 'a-b' })],
  ['a key that has no translation', tab({ type: 'input', id: 'a', label: 'i18n.Nowhere' })],
  ['a condition with a plain value', conditional({ key: 'a', operator: 'IN', value: 'a' })],
  ['an array', [list]],
  ['an array with a count and a thumbnail', [{ ...list, defaultCount: 2, thumbnail: {} }]],
  ['hidden settings', [{ type: 'hidden', settings: [{ id: 'a', type: 'graphQl' }] }]],
  ['a boolean', setting('boolean', { default: false })],
  ['a number in pixels', setting('number', { default: { value: 4, type: 'px' } })],
  ['a range', setting('range', { default: 4, typeMeta: { rangeValues: { min: 1, max: 9, unit: '%' } } })],
  ['an alignment', setting('alignment', { default: { horizontal: 'center' } })],
  ['a box model', setting('boxModel', { default: { top: { value: '4', type: 'px' } } })],
  ['code', setting('code', { default: '<b>', typeMeta: { language: 'html' } })],
  ['an image', setting('imageManager', { default: { src: '', type: 'NONE' } })],
  ['a product id', setting('productId')],
  ['a product image', setting('productImage', { typeMeta: { reference: 'a' } })],
  ['typography', setting('typography', { default: 'custom' })],
  ['an element', setting('element', { typeMeta: { controls: {}, advanced: {} } })],
  ['a visibility', setting('visibility', { default: 'hide' })],
  ['a pattern', setting('regexInput', { typeMeta: { regExPatterns: [{ pattern: 'a', matchIndex: 0 }] } })],
];

export const REJECTED: Case[] = [
  ['an object at the root', {}],
  ['an unknown element', [{ type: 'panel', label: 'Content', sections: [] }]],
  ['a tab without a label', [{ type: 'tab', sections: [] }]],
  ['a tab without sections', [{ type: 'tab', label: 'Content' }]],
  ['another key on a tab', [{ type: 'tab', label: 'Content', sections: [], id: 'a' }]],
  ['another key on a section', [{ type: 'tab', label: 'Content', sections: [{ id: 'a' }] }]],
  ['sections that are an object', [{ type: 'tab', label: 'Content', sections: {} }]],
  ['an array without a word for its entries', [{ ...list, entryLabel: undefined }]],
  ['a thumbnail that is a string', [{ ...list, thumbnail: 'image.src' }]],
  ['a hidden setting without an id', [{ type: 'hidden', settings: [{ default: 'a' }] }]],
  [
    'hidden settings in a tab',
    [{ type: 'tab', label: 'Content', sections: [{ type: 'hidden', settings: [] }] }],
  ],
  ['a setting without an id', tab({ type: 'input' })],
  ['an id that is null', tab({ type: 'input', id: null })],
  ['a setting without a type', tab({ id: 'a' })],
  ...['textarea', 'categoryId', 'url', 'checkbox', 'toString'].map((type): Case => [
    `the type ${type}, which is none`,
    setting(type),
  ]),
  ['an input with a number', setting('input', { default: 4 })],
  ['a boolean that is a string', setting('boolean', { default: 'true' })],
  ['an option with a number', selectWith({}, [{ label: 'A', value: 4 }])],
  ['an option with another key', selectWith({}, [{ label: 'A', value: 'a', icon: 'x' }])],
  ['a range that is a string', setting('range', { default: '4' })],
  ['a number without a unit', setting('number', { default: 4 })],
  ['a number that is a string', setting('number', { default: { value: '4', type: 'px' } })],
  ['a number in another unit', setting('number', { default: { value: 4, type: 'rem' } })],
  ['a justified alignment', setting('alignment', { default: { horizontal: 'justify' } })],
  ['a box model of numbers', setting('boxModel', { default: { top: { value: 4, type: 'px' } } })],
  ['code of another language', setting('code', { typeMeta: { language: 'css' } })],
  ['an image that is a string', setting('imageManager', { default: 'image.png' })],
  ['a pattern with another key', setting('regexInput', { typeMeta: { regExPatterns: [{ flags: 'i' }] } })],
  ['a visibility of true', setting('visibility', { default: true })],
  ['a condition that is no IN', conditional({ key: 'a', operator: 'EQ', value: ['a'] })],
  ['a condition without a value', conditional({ key: 'a', operator: 'IN' })],
];
