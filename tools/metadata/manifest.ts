// custom-elements.json, as analysers, Storybook and catalogues read it.
// https://github.com/webcomponents/custom-elements-manifest, schema 1.0.0
import type { ElementModel } from './read-element.js';

export function customElementsManifest(element: ElementModel): object {
  const { tagName, className, description, properties, methods, events } = element;
  const module = 'dist/element/bc-customer-widget.js';
  return {
    schemaVersion: '1.0.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path: 'dist/index.js',
        declarations: [],
        exports: [
          { kind: 'js', name: className, declaration: { name: className, module } },
          { kind: 'custom-element-definition', name: tagName, declaration: { name: className, module } },
        ],
      },
      {
        kind: 'javascript-module',
        path: module,
        declarations: [
          {
            kind: 'class',
            name: className,
            tagName,
            customElement: true,
            description,
            superclass: { name: 'LitElement', package: 'lit' },
            attributes: element.attributes.map(({ name, property, type, description: words, ...rest }) => ({
              name,
              type: { text: type },
              description: words,
              ...(rest.default !== undefined && { default: rest.default }),
              ...(property !== undefined && { fieldName: property }),
            })),
            members: [
              ...properties.map(({ name, type, description: words, attribute, isReadOnly, ...rest }) => ({
                kind: 'field',
                name,
                type: { text: type },
                description: words,
                ...(rest.default !== undefined && { default: rest.default }),
                ...(attribute !== undefined && { attribute }),
                ...(isReadOnly && { readonly: true }),
              })),
              ...methods.map(({ name, description: words, parameters, returns }) => ({
                kind: 'method',
                name,
                description: words,
                parameters: parameters.map((parameter) => ({
                  name: parameter.name,
                  type: { text: parameter.type },
                })),
                return: { type: { text: returns } },
              })),
            ],
            events: events.map(({ name, detail, description: words }) => ({
              name,
              type: { text: `CustomEvent<${detail}>` },
              description: words,
            })),
            slots: element.slots,
            cssParts: element.parts,
            cssProperties: element.cssProperties,
          },
        ],
        exports: [{ kind: 'js', name: className, declaration: { name: className, module } }],
      },
    ],
  };
}
