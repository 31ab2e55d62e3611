// What is known of each command that the documents tell a reader to type.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { runCommand } from '../../cli/plain-theme.js';

/** Commands that are not run here, and why. They still have to exist. */
const exempt: [pattern: RegExp, reason: string][] = [
  [/^npm ci$/, 'everything that runs here began with it'],
  [/^npm test\b/, 'this is it'],
  [
    /^npm run (build|check|format|docs)\b/,
    'they write or read the whole repository; .ci/run runs build and check',
  ],
  [/^npm run (bench|screenshots|release:check|test:browsers|coverage)\b/, 'they take minutes'],
  [
    /^npm (i|install|pack|publish)\b/,
    'they need the registry; `npm run release:check` installs the packed package',
  ],
  [/^npm --prefix example-theme ci\b/, 'it needs the registry; the tests with the Stencil CLI need it'],
  [/^npx (stencil|sam) /, "other projects' tools"],
  [/^npx bc-customer-widget publish --(list|delete)\b/, 'test/cli/publish.test.ts runs them'],
  [/^git /, 'it would change this repository'],
];

export const reasonNotToRun = (command: string): string | undefined =>
  exempt.find(([pattern]) => pattern.test(command))?.[1];

/** The commands of a block or line: continued lines joined, `a && b` taken apart, comments left out. */
export function commandsOf(text: string): string[] {
  return text
    .replace(/\\\n\s*/g, ' ')
    .split(/\n| && /)
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');
}

/**
 * Asserts that scripts, suites, subcommands, options and files of a command are there.
 *
 * @param folder where the reader types it: the document's own
 */
export async function assertKnown(command: string, folder = '.'): Promise<void> {
  const scripts = { ...scriptsOf('.'), ...scriptsOf(folder) };
  const words = command.replace(/^(\w+=\S+ )+/, '').split(' ');
  const [program, first = '', second = ''] = words;
  if (program === 'npm' && ['run', 'start', 'test'].includes(first)) {
    const script = first === 'run' ? second : first;
    assert.ok(script in scripts, `there is no script ${script}`);
    const names = words.slice(words.indexOf('--') + 1).filter((word) => /^[a-z][a-z-]*$/.test(word));
    if (!words.includes('--')) return;
    if (script === 'test') for (const name of names) assert.ok(existsSync(`test/${name}`), `test/${name}`);
    const benches = () => readdirSync('test/bench').map((name) => name.replace('.ts', ''));
    if (script === 'bench') for (const name of names) assert.ok(benches().includes(name), name);
  } else if (program === 'npx' && /^bc-customer-widget(@|$)/.test(first)) {
    if (second === '--version') return;
    const { out: all } = await runCommand(['--help'], '.');
    assert.match(all, new RegExp(`^ +${second} `, 'm'), `there is no command ${second}`);
    const { out } = await runCommand([second, '--help'], '.');
    for (const option of words.filter((word) => word.startsWith('-'))) {
      assert.ok(out.includes(option), `${second} has no option ${option}`);
    }
  } else if (program === 'npx' && first === 'tsx') assert.ok(existsSync(second), second);
}

function scriptsOf(folder: string): Record<string, string> {
  const file = `${folder}/package.json`;
  if (!existsSync(file)) return {};
  return (JSON.parse(readFileSync(file, 'utf8')) as { scripts: Record<string, string> }).scripts;
}
