// All that the package publishes about the element for editors, catalogues and frameworks, made from its source.
import { customElementsManifest } from './manifest.js';
import { vscodeCssData, vscodeHtmlData, webTypes } from './editor-data.js';
import { frameworkTypes } from './framework-types.js';
import { readElement } from './read-element.js';

/** Paths in `dist/`, and what belongs there. */
export function metadataFiles(root: string, version: string): Record<string, string> {
  const element = readElement(root);
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  const types = Object.entries(frameworkTypes(element)).map(([name, text]) => [`frameworks/${name}`, text]);
  return {
    'custom-elements.json': json(customElementsManifest(element)),
    'vscode.html-custom-data.json': json(vscodeHtmlData(element)),
    'vscode.css-custom-data.json': json(vscodeCssData(element)),
    'web-types.json': json(webTypes(element, version)),
    ...(Object.fromEntries(types) as Record<string, string>),
  };
}
