// What editors, catalogues and frameworks are told about the element, compared with the element.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { BcCustomerWidget } from '../../src/element/index.js';
import { version } from '../../src/version.js';
import { metadataFiles } from '../../tools/metadata/index.js';

interface Named {
  name: string;
}
interface Declaration {
  attributes: (Named & { default?: string })[];
  events: Named[];
  cssParts: Named[];
  slots: Named[];
  members: (Named & { kind: string })[];
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>;
const names = (list: Named[]) => list.map(({ name }) => name);
const elements = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8')) as {
  modules: { declarations: Declaration[] }[];
};
const declaration = elements.modules.flatMap(({ declarations }) => declarations)[0]!;

describe('what is published about the element', () => {
  it('is what its source says today', () => {
    for (const [name, text] of Object.entries(metadataFiles('.', version))) {
      assert.equal(readFileSync(`dist/${name}`, 'utf8'), text, name);
    }
  });

  it('names the version of the package', () => {
    assert.equal(version, manifest.version);
    assert.equal(BcCustomerWidget.version, manifest.version);
  });

  it('is where package.json says', () => {
    for (const key of ['customElements', 'web-types']) JSON.parse(readFileSync(manifest[key]!, 'utf8'));
  });

  it('knows every attribute that the element observes, and its default', () => {
    const known = names(declaration.attributes);
    for (const name of BcCustomerWidget.observedAttributes) assert.ok(known.includes(name), name);
    assert.equal(declaration.attributes.find(({ name }) => name === 'timeout')?.default, '10000');
  });

  it('knows its methods and nothing private', () => {
    const members = names(declaration.members);
    for (const name of ['refresh', 'clear', 'state', 'data', 'tokenSource'])
      assert.ok(members.includes(name), name);
    assert.ok(!members.some((name) => name.startsWith('#') || name === 'willUpdate' || name === 'render'));
  });

  it('names the parts, slots and events that the code has', () => {
    const sources = spawnSync('git', ['ls-files', 'src/element'], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
    const code = sources.map((file) => readFileSync(file, 'utf8').replace(/\/\*\*[^]*?\*\//g, '')).join('\n');
    const parts = [...code.matchAll(/part="([\w-]+)"/g)].map(([, name]) => name!);
    assert.ok(parts.length > 10, 'the control: parts are found in the code');
    const unknown = parts.filter((name) => !names(declaration.cssParts).includes(name));
    assert.deepEqual([...new Set(unknown)], []);
    const slots = [...code.matchAll(/<slot name="?([\w-]+)"?/g)].map(([, name]) => name!);
    for (const slot of slots) assert.ok(names(declaration.slots).includes(slot), slot);
    for (const name of names(declaration.events)) assert.ok(code.includes(`'${name}'`), name);
  });
});
