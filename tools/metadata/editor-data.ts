// What VS Code and JetBrains' editors complete and explain in HTML.
import type { AttributeModel, ElementModel } from './read-element.js';

/** https://github.com/microsoft/vscode-custom-data, version 1.1 */
export function vscodeHtmlData({ tagName, description, attributes, slots }: ElementModel): object {
  return {
    version: 1.1,
    tags: [
      {
        name: tagName,
        description: [description, ...slots.map((slot) => `Slot ${slot.name}: ${slot.description}`)].join(
          '\n\n',
        ),
        attributes: attributes
          .filter(({ isReadOnly }) => !isReadOnly)
          .map((attribute) => ({
            name: attribute.name,
            description: withDefault(attribute),
            ...(attribute.type === 'boolean' && { valueSet: 'v' }),
            ...(wordsOf(attribute.type) && {
              values: wordsOf(attribute.type)?.map((name) => ({ name })),
            }),
          })),
      },
    ],
  };
}

/** https://github.com/microsoft/vscode-css-languageservice: parts and properties for style sheets. */
export function vscodeCssData({ cssProperties, parts }: ElementModel): object {
  return {
    version: 1.1,
    properties: cssProperties.map(({ name, ...rest }) => ({ name, description: withDefault(rest) })),
    pseudoElements: parts.map(({ name, description }) => ({ name: `::part(${name})`, description })),
  };
}

/** https://github.com/JetBrains/web-types */
export function webTypes(element: ElementModel, version: string): object {
  const { tagName, description, attributes, properties, events, slots, parts, cssProperties } = element;
  return {
    $schema: 'https://json.schemastore.org/web-types',
    name: 'bc-customer-widget',
    version,
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: [
          {
            name: tagName,
            description,
            attributes: attributes
              .filter(({ isReadOnly }) => !isReadOnly)
              .map(({ name, type, description: words, ...rest }) => ({
                name,
                description: words,
                ...(rest.default !== undefined && { default: rest.default }),
                value: type === 'boolean' ? { kind: 'no-value' } : { type },
              })),
            slots,
            js: {
              properties: properties.map(({ name, type, description: words, isReadOnly }) => ({
                name,
                type,
                description: words,
                ...(isReadOnly && { 'read-only': true }),
              })),
              events: events.map(({ name, description: words }) => ({ name, description: words })),
            },
            css: { properties: cssProperties, parts },
          },
        ],
      },
    },
  };
}

const withDefault = ({ description, default: initial }: Pick<AttributeModel, 'description' | 'default'>) =>
  [description, initial === undefined ? '' : `Default: ${initial}`].filter(Boolean).join('\n\n');

/** The words of a union of quoted ones. */
function wordsOf(type: string): string[] | undefined {
  const words = type.split(' | ');
  return words.every((word) => /^".*"$/.test(word)) ? words.map((word) => word.slice(1, -1)) : undefined;
}
