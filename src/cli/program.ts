// The command line: reads arguments, shows what would happen, asks, does it.
import { createInterface } from 'node:readline/promises';
import { resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { draftAdd, type Note } from './add.js';
import { checkCommand } from './check.js';
import { CommandError } from './command-error.js';
import { doctorCommand } from './doctor/index.js';
import { applyChanges, createDraft, type Draft } from './draft.js';
import { emulateCommand } from './emulate.js';
import { readPackageFiles } from './package-files.js';
import { places, type PlaceName } from './places.js';
import { publishCommand } from './publish.js';
import { draftRemove } from './remove.js';
import { describeChanges } from './report.js';
import { version } from '../version.js';

/** Where a command reads and writes; a test gives its own. */
export interface Terminal {
  write: (text: string) => void;
  writeError: (text: string) => void;
  /** Undefined where nobody can be asked, as in CI. */
  ask?: ((question: string) => Promise<string>) | undefined;
  /** Whether somebody looks on: colours and progress are shown. */
  isInteractive?: boolean;
  /** Folder of this package; a test gives one of its own. */
  packageRoot?: string;
  /** Default: the process's environment. */
  env?: NodeJS.ProcessEnv;
  /** Waits for a number of milliseconds. */
  wait?: (milliseconds: number) => Promise<void>;
  /** Ends a command that runs on, as Ctrl-C does. */
  stop?: AbortSignal;
}

/** Runs a command line and gives the exit code. */
export async function run(args: string[], terminal: Terminal = processTerminal()): Promise<number> {
  const program = createProgram(terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof CommandError)) throw error;
    terminal.writeError(`${error.message}\n`);
    return 1;
  }
}

interface ChangeOptions {
  dryRun?: boolean;
  yes?: boolean;
}

function createProgram(terminal: Terminal): Command {
  const program = new Command('bc-customer-widget')
    .description('Shows a signed-in BigCommerce shopper their own data.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.write, writeErr: terminal.writeError });

  program
    .command('add')
    .description('Put the widget into a Stencil theme, or bring an older one up to date.')
    .argument('<theme>', 'folder of the theme')
    .addOption(
      new Option(
        '--place <places...>',
        'where it shows, one or more (account unless it was added before)',
      ).choices([...Object.keys(places), 'none']),
    )
    .option('--dry-run', 'show the changes, make none')
    .option('-y, --yes', 'make the changes without asking')
    .action(async (theme: string, options: ChangeOptions & { place?: string[] }) => {
      const where = options.place?.filter((name): name is PlaceName => name in places);
      const source = await readPackageFiles(terminal.packageRoot);
      await change(theme, options, terminal, (draft) => draftAdd(draft, source, where));
    });

  program
    .command('remove')
    .description('Take the widget out of a theme again.')
    .argument('<theme>', 'folder of the theme')
    .option('--dry-run', 'show the changes, make none')
    .option('-y, --yes', 'make the changes without asking')
    .action((theme: string, options: ChangeOptions) => change(theme, options, terminal, draftRemove));

  const commands = [emulateCommand, checkCommand, publishCommand, doctorCommand];
  for (const command of commands.map((create) => create(terminal))) {
    program.addCommand(command.copyInheritedSettings(program));
  }

  return program;
}

async function change(
  theme: string,
  { dryRun, yes }: ChangeOptions,
  { write, ask }: Terminal,
  plan: (draft: Draft) => Promise<Note[]>,
) {
  const draft = createDraft(resolve(theme));
  const notes = await plan(draft);
  const changes = draft.changes();
  if (changes.length === 0) {
    write(`${notes.map((note) => `${note}\n`).join('')}Nothing to change in ${draft.folder}.\n`);
    return;
  }
  write(`${describeChanges(changes)}\n\n`);
  for (const note of notes) write(`${note}\n\n`);
  if (dryRun) {
    write(`${changes.length} files would change. Nothing was written.\n`);
    return;
  }
  if (!yes) {
    if (!ask)
      throw new CommandError('Nothing was written. Run the command again with --yes to make the changes.');
    const answer = await ask(`Change ${changes.length} files in ${draft.folder}? [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError('Nothing was written.');
  }
  let count = 0;
  await applyChanges(draft.folder, changes, ({ path }) => {
    count += 1;
    write(`${count}/${changes.length} ${path}\n`);
  });
  write('Done.\n');
}

function processTerminal(): Terminal {
  const ask = async (question: string) => {
    const prompt = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await prompt.question(question);
    } catch (error) {
      // Ctrl-C and Ctrl-D: no answer is no "yes".
      if (!(error instanceof Error && error.name === 'AbortError')) throw error;
      process.stdout.write('\n');
      return '';
    } finally {
      prompt.close();
    }
  };
  return {
    write: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
    ask: process.stdin.isTTY ? ask : undefined,
    isInteractive: process.stdout.isTTY,
  };
}
