// The theme guide against what it describes: names in it that are not there any more mislead.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { places } from '../../src/cli/places.js';
import { runCommand } from '../cli/plain-theme.js';

const guide = await readFile('docs/theme.md', 'utf8');

test('the guide shows the include and the template of every place', () => {
  for (const { template, include } of Object.values(places)) {
    assert.ok(guide.includes(`\n+${include}\n`), include);
    assert.ok(guide.includes(`\`${template}\``), template);
  }
});

test('the guide names every partial', async () => {
  for (const file of await readdir('templates/components/bc-customer-widget')) {
    assert.ok(guide.includes(`| \`${file.replace('.html', '')}\` `), file);
  }
});

test('the guide knows no command and no option that the command line does not know', async () => {
  const commands = [...guide.matchAll(/npx bc-customer-widget (\w+)/g)].map(([, name]) => name!);
  assert.deepEqual([...new Set(commands)].sort(), ['add', 'check', 'doctor', 'emulate', 'publish', 'remove']);
  const help = await Promise.all(commands.map(async (name) => (await runCommand([name, '--help'], '.')).out));
  // The Stencil CLI's, npm's and CSS's own.
  const others = ['--no-cache', '--prefix', '--ignore-scripts'];
  const options = [...guide.matchAll(/(?<![\w-])--(?!bcw)[a-z][a-z-]*/g)].map(([option]) => option);
  for (const option of options.filter((one) => !others.includes(one))) {
    assert.ok(help.join().includes(option), option);
  }
});

test('the guide names no setting, custom property or part of the theme that is not there', async () => {
  const settings = JSON.parse(await readFile('templates/config/settings.json', 'utf8')) as object;
  const styles = await readFile('src/element/styles.ts', 'utf8');
  for (const [name] of guide.matchAll(/\bbcw_\w+/g)) assert.ok(name in settings, name);
  for (const [name] of guide.matchAll(/--bcw-[\w-]+/g)) assert.ok(styles.includes(name), name);
});
