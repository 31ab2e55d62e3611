// `check`: every page of a theme with and without the widget, on both template engines, for guest and customer.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { draftAdd, type Note } from './add.js';
import { CommandError } from './command-error.js';
import { applyChanges, createDraft, type Draft } from './draft.js';
import { loadEmulator } from './load-emulator.js';
import { readPackageFiles } from './package-files.js';
import { places, type PlaceName } from './places.js';
import type { Terminal } from './program.js';
import { draftRemove } from './remove.js';
import { assertTheme } from './theme-files.js';

export interface CheckReport {
  /** Renders that were compared: pages, each on both engines, for guest and customer. */
  renders: number;
  /** Renders of a customer's page in which the widget shows. */
  withWidget: number;
  /** What the widget breaks or changes; each is a sentence. */
  faults: string[];
  /** What the theme itself cannot render with sample data, with or without the widget. */
  unrendered: string[];
  /** Places where the widget could not be put by itself. */
  notes: Note[];
}

export function checkCommand(terminal: Terminal): Command {
  return new Command('check')
    .description('Render every page of a theme with and without the widget, and say what differs.')
    .argument('<theme>', 'folder of the theme')
    .action(async (theme: string) => {
      const { renders, withWidget, faults, unrendered, notes } = await checkTheme(
        resolve(theme),
        terminal.packageRoot,
      );
      for (const sentence of notes) terminal.write(`note          ${sentence}\n`);
      for (const sentence of unrendered) terminal.write(`not compared  ${sentence}\n`);
      for (const sentence of faults) terminal.write(`fault         ${sentence}\n`);
      terminal.write(
        `${renders} renders compared, the widget shows in ${withWidget} of them, ${faults.length} faults.\n`,
      );
      if (faults.length > 0) throw new CommandError('The widget changes more than it should.');
    });
}

/** Works on copies; the theme itself is only read. */
export async function checkTheme(theme: string, packageRoot?: string): Promise<CheckReport> {
  await assertTheme(createDraft(theme));
  const source = await readPackageFiles(packageRoot);
  const copies = await mkdtemp(join(tmpdir(), 'bc-customer-widget-check-'));
  const report: CheckReport = { renders: 0, withWidget: 0, faults: [], unrendered: [], notes: [] };
  try {
    const without = await copyTheme(theme, join(copies, 'without'), draftRemove);
    const everywhere = Object.keys(places) as PlaceName[];
    const widgetAdded = await copyTheme(theme, join(copies, 'with'), async (draft) => {
      report.notes.push(...(await draftAdd(draft, source, everywhere)));
    });
    const render = await createRenderer();
    for (const page of await listRenders(without)) {
      compare(page, await render(without, page), await render(widgetAdded, page), report);
    }
  } finally {
    await rm(copies, { recursive: true, force: true });
  }
  return report;
}

interface PageRender {
  template: string;
  engine: 'handlebars-v3' | 'handlebars-v4';
  who: 'guest' | 'customer';
}

type Rendered = { html: string } | { error: string };

async function createRenderer() {
  const { createStencilEngine, sampleContext } = await loadEmulator();
  return async (themeDir: string, { template, engine, who }: PageRender): Promise<Rendered> => {
    try {
      const page = { template, context: sampleContext(who), nonce: 'nonce' };
      return { html: await createStencilEngine({ themeDir, engine }).render(page) };
    } catch (error) {
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      return { error: reason };
    }
  };
}

function compare(page: PageRender, before: Rendered, after: Rendered, report: CheckReport): void {
  const name = `${page.template} (${page.engine}, ${page.who})`;
  if ('error' in before) {
    report.unrendered.push(`${name}: ${before.error}`);
    return;
  }
  report.renders += 1;
  if ('error' in after) report.faults.push(`${name} breaks: ${after.error}`);
  else if (page.who === 'customer') report.withWidget += after.html.includes('<bc-customer-widget') ? 1 : 0;
  else if (after.html !== before.html) report.faults.push(`${name} is not as it was.`);
}

async function listRenders(theme: string): Promise<PageRender[]> {
  const files = (await createDraft(theme).list('templates/pages')).filter((file) => file.endsWith('.html'));
  return files.flatMap((file) =>
    (['handlebars-v3', 'handlebars-v4'] as const).flatMap((engine) =>
      (['guest', 'customer'] as const).map((who) => ({
        template: `pages/${file.replace('.html', '')}`,
        engine,
        who,
      })),
    ),
  );
}

/** What rendering needs of a theme: no assets, no packages. */
const RENDERED = /^(templates|lang|config\.json|schema\w*\.json|\.bc-customer-widget\.json)([\\/]|$)/;

async function copyTheme(
  theme: string,
  copy: string,
  plan: (draft: Draft) => Promise<unknown>,
): Promise<string> {
  const filter = (path: string) => path === theme || RENDERED.test(relative(theme, path));
  await cp(theme, copy, { recursive: true, filter });
  const draft = createDraft(copy);
  await plan(draft);
  await applyChanges(copy, draft.changes());
  return copy;
}
