// A theme's files, read without rendering them: whether the widget is in it as it should be.
import { draftAdd } from '../add.js';
import type { Draft } from '../draft.js';
import { PARTIALS, type PackageFiles } from '../package-files.js';
import { optionProblem } from '../option-problem.js';
import { readRecord } from '../record.js';
import { isRootRelative } from '../root-relative.js';
import { readJsonFile } from '../theme-files.js';
import { failure, ok, skipped, warning, type Result } from './finding.js';
import type { Wanted } from './on-page.js';
import type { ThemeReading } from './theme-templates.js';

const ADD = 'Run npx bc-customer-widget add again.';

/** What `add` would write into this theme: nothing, when all is as it should be. */
export async function missingFiles(draft: Draft, source: PackageFiles): Promise<MissingFiles> {
  const record = await readRecord(draft);
  await draftAdd(draft, source, []);
  const changes = draft.changes();
  const partials = Object.keys(source.files).filter((path) => path.startsWith(PARTIALS));
  const ours = changes.filter(({ path }) => path in source.files);
  const absent = ours.filter(({ before }) => before === undefined).map(({ path }) => path);
  return {
    absent,
    outdated: ours.filter(({ before }) => before !== undefined).map(({ path }) => path),
    languages: changes.flatMap(({ path }) => /^lang\/(.*)\.json$/.exec(path)?.[1] ?? []),
    lacksSettings: changes.some(({ path }) => path === 'config.json'),
    lacksSchema: changes.some(({ path }) => path.startsWith('schema')),
    isForeign: partials.every((path) => absent.includes(path)),
    version: record?.version,
  };
}

export interface MissingFiles {
  absent: string[];
  /** They are as an older version put them there. */
  outdated: string[];
  /** Languages without the widget's words. */
  languages: string[];
  lacksSettings: boolean;
  /** The theme editor would not show the settings. */
  lacksSchema: boolean;
  /** There is nothing of ours in this theme. */
  isForeign: boolean;
  /** Of the package that was added. */
  version: string | undefined;
}

export function judgeInstalled(
  { absent, outdated, version, lacksSchema }: MissingFiles,
  own: string,
): Result {
  if (absent.length > 0) {
    return failure(
      `The theme lacks ${absent.length} of the widget's files, such as ${absent[0] ?? ''}.`,
      ADD,
    );
  }
  if (outdated.length > 0) {
    return warning(`The theme has the files of version ${version ?? 'unknown'}; this is ${own}.`, ADD);
  }
  if (lacksSchema) return warning('The theme editor does not show all of the settings.', ADD);
  return ok("The theme has the widget's files.");
}

export function judgeInclude({ includes, elements }: ThemeReading): Result {
  const [first = elements.find(({ path }) => !path.startsWith(PARTIALS))] = includes;
  if (first) return ok(`${first.path}, line ${first.line}, shows the widget.`);
  return failure(
    'No template of the theme shows the widget.',
    'Run npx bc-customer-widget add --place account.',
  );
}

/** Inside a loop the partial sees neither customer nor settings, and nothing shows. */
export function judgeScope({ includes }: ThemeReading): Result {
  const lost = includes.find(({ isOutOfScope }) => isOutOfScope);
  if (!lost)
    return includes.length > 0 ? ok('No include is inside a loop.') : skipped('There is no include.');
  return failure(
    `${lost.path}, line ${lost.line}: the include is inside {{#each}} or {{#with}}, where the customer is out of sight.`,
    'Move it out, or pass customer=../customer theme_settings=../theme_settings settings=../settings.',
  );
}

export function judgeGuard({ elements }: ThemeReading): Result {
  const open = elements.find(({ isGuarded }) => !isGuarded);
  if (!open) return ok('The element is inside {{#if customer}}: guests get not one byte.');
  return failure(
    `${open.path}, line ${open.line}: the element is not inside {{#if customer}}, so every guest asks for a token.`,
    'Put {{#if customer}} around it.',
  );
}

export function judgeNonce({ scripts }: ThemeReading): Result {
  const bare = scripts.find(({ hasNonce }) => !hasNonce);
  if (!bare) return ok("The widget's scripts carry the nonce.");
  return failure(
    `${bare.path}, line ${bare.line}: the widget's script has no nonce, so a strict policy blocks it.`,
    'Write nonce="{{nonce}}" into it.',
  );
}

/** @param isFilledOnPage a page of the storefront has an element with all of its attributes */
export async function judgeSettings(
  draft: Draft,
  missing: MissingFiles,
  { clientId, backend }: Wanted,
  isFilledOnPage: boolean,
): Promise<Result> {
  if (missing.lacksSettings) return failure("config.json lacks settings of the widget's.", ADD);
  const { value } = await readJsonFile(draft, 'config.json', 'object');
  const settings = value.settings as Record<string, unknown>;
  const [id, address] = [settings.bcw_app_client_id, settings.bcw_backend_url].map((one) =>
    typeof one === 'string' ? one : '',
  ) as [string, string];
  if (isFilledOnPage) return ok('The settings are filled in: the page shows them.');
  if (!id || !address) {
    return warning(
      `config.json leaves ${id ? 'bcw_backend_url' : 'bcw_app_client_id'} empty.`,
      'Fill it in there, or in the theme editor; with --cookie doctor sees what a page has.',
    );
  }
  const problem = isRootRelative(address)
    ? undefined
    : await optionProblem({ appClientId: id, backendUrl: address });
  if (problem) return failure(`config.json: ${problem}`, 'Correct bcw_backend_url.');
  if (id !== clientId) {
    return failure(`config.json has the client ID ${id}, not ${clientId}.`, 'Use the same there and here.');
  }
  if (!isRootRelative(address) && new URL(address).href !== backend.href) {
    return failure(
      `config.json has the backend ${address}, not ${backend.href}.`,
      'Use the same there and here.',
    );
  }
  return ok('The settings are filled in.');
}

export function judgeWords({ languages }: MissingFiles): Result {
  if (languages.length === 0) return ok('Every language has the words of the widget.');
  const sentence = `The widget's words are missing in ${languages.map((one) => `lang/${one}.json`).join(', ')}.`;
  // Other languages fall back to English; without it the page shows the keys.
  return languages.includes('en') ? failure(sentence, ADD) : warning(sentence, ADD);
}
