// `doctor`: looks for what goes wrong in practice between a storefront, a backend and a theme, and says the fix.
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { CommandError } from '../command-error.js';
import { createDraft } from '../draft.js';
import { optionProblem } from '../option-problem.js';
import { readPackageFiles } from '../package-files.js';
import type { Terminal } from '../program.js';
import { isRootRelative } from '../root-relative.js';
import { assertTheme } from '../theme-files.js';
import { examine, type Examined } from './examine.js';
import type { Finding } from './finding.js';
import { countVerdicts, describeCounts, describeFinding } from './print.js';

interface DoctorOptions {
  clientId: string;
  backend: string;
  theme?: string;
  tokenUrl?: string;
  cookie?: string | undefined;
  json?: boolean;
}

const HELP = `
Each check tells what it found:  ✓ fine  ! a warning  ✗ a failure  – not looked at
The exit code is the number of failures, at most 100. Nothing is changed anywhere.

With the cookie of somebody who is signed in, doctor also goes their way: token, backend, answer.
Put it into the environment variable BCW_COOKIE, where it does not end up in the shell's history:
sign in on the storefront, open the developer tools' network panel, and copy the request header Cookie.
It is sent to the storefront only; neither cookie nor token is ever printed.
`;

export function doctorCommand(terminal: Terminal): Command {
  return new Command('doctor')
    .description('Look for what is wrong between storefront, backend and theme, and say the fix.')
    .argument('<storefront-url>', 'address of the storefront, or of the page that shows the widget')
    .requiredOption('--client-id <id>', "the app's client ID, as the page has it")
    .requiredOption('--backend <url>', "the backend's address, as the page has it")
    .option('--theme <folder>', 'also look into the files of this theme')
    .option('--token-url <url>', 'where tokens come from, for a headless storefront')
    .option('--cookie <value>', 'Cookie header of somebody who is signed in (better: BCW_COOKIE)')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', HELP)
    .action((storefront: string, options: DoctorOptions) => doctor(storefront, options, terminal));
}

async function doctor(address: string, options: DoctorOptions, terminal: Terminal): Promise<void> {
  const { write, isInteractive = false, env = process.env } = terminal;
  const subject: Examined = {
    ...(await readSubject(address, { ...options, cookie: options.cookie ?? env.BCW_COOKIE })),
    theme: await readTheme(options.theme, terminal.packageRoot),
  };
  const start = performance.now();
  const { examinations, stop } = examine(subject);
  const findings: Finding[] = [];
  for (const { id, finding } of examinations) {
    if (isInteractive && !options.json) write(`${findings.length + 1}/${examinations.length} ${id} …`);
    const found = await finding;
    findings.push(found);
    if (isInteractive && !options.json) write('\r\u001b[K');
    if (!options.json) write(describeFinding(found, isInteractive && !env.NO_COLOR));
  }
  stop();
  const counts = countVerdicts(findings);
  if (options.json) write(`${JSON.stringify({ counts, checks: findings }, null, 2)}\n`);
  else write(describeCounts(counts, (performance.now() - start) / 1000));
  if (counts.failure > 0) {
    // Commander's own way to end with a code; everything has been said.
    throw new CommanderError(Math.min(counts.failure, 100), 'doctor.failures', 'There are failures.');
  }
}

async function readTheme(folder: string | undefined, packageRoot?: string): Promise<Examined['theme']> {
  if (folder === undefined) return undefined;
  const theme = resolve(folder);
  await assertTheme(createDraft(theme));
  return { folder: theme, source: await readPackageFiles(packageRoot) };
}

/** @throws CommandError for what cannot be meant */
async function readSubject(address: string, options: DoctorOptions): Promise<Examined> {
  const { clientId, backend, tokenUrl, cookie } = options;
  const storefront = toUrl(address);
  if (!storefront || (await optionProblem({ appClientId: 'any', backendUrl: storefront.href }))) {
    throw new CommandError(
      'The storefront is an address like https://your-store.example (http:// on localhost only).',
    );
  }
  const backendUrl = toUrl(backend, isRootRelative(backend) ? storefront : undefined);
  const problem = await optionProblem({ appClientId: clientId, backendUrl: backendUrl?.href ?? backend });
  if (problem || !backendUrl) {
    const sentence = problem ?? 'backend-url is no address.';
    throw new CommandError(
      sentence.replace('app-client-id', '--client-id').replace('backend-url', '--backend'),
    );
  }
  const tokenAddress = tokenUrl === undefined ? undefined : toUrl(tokenUrl, storefront);
  if (tokenUrl !== undefined && tokenAddress?.origin !== storefront.origin) {
    throw new CommandError('--token-url must be on the storefront: the cookie goes nowhere else.');
  }
  if (cookie !== undefined && !/^[^\s=;,]+=[\x21-\x7e \t]*$/.test(cookie)) {
    throw new CommandError('The cookie is a Cookie header, name=value; name=value, on one line.');
  }
  return { storefront, clientId, backend: backendUrl, tokenUrl: tokenAddress, cookie };
}

function toUrl(text: string, base?: URL): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined;
}
