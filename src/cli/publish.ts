// `publish`: brings the widget into a store's Page Builder, and says what was done.
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  defaultConfiguration,
  lintWidgetTemplate,
  readWidgetTemplate,
  withBundle,
  withDefaults,
  withoutScripts,
  writeOutOptions,
  type WidgetTemplate,
} from '../page-builder/index.js';
import { CommandError } from './command-error.js';
import type { Terminal } from './program.js';
import { optionProblem } from './option-problem.js';
import { createContentApi, type ContentApi } from './publish-api.js';
import { checkBundle, hostedBundle, publicAssetsUrl } from './publish-bundle.js';
import { describePaste } from './publish-print.js';
import { deleteScript, publishScript, scriptPayload, type ConsentCategory } from './publish-script.js';
import {
  deleteTemplate,
  findTemplate,
  listTemplates,
  publishTemplate,
  templatePayload,
} from './publish-template.js';
import { isRootRelative } from './root-relative.js';

interface PublishOptions {
  name: string;
  uuid?: string;
  channel?: number;
  appClientId?: string;
  backendUrl?: string;
  language?: string;
  template?: string;
  assetsUrl?: string;
  newVersion?: boolean;
  script?: boolean;
  consent: ConsentCategory;
  apiUrl?: string;
  check?: boolean;
  dryRun?: boolean;
  print?: boolean;
  list?: boolean;
  delete?: boolean;
  yes?: boolean;
}

const HELP = `
The store and the token are taken from the environment:
  BIGCOMMERCE_STORE_HASH     the part of the API path after /stores/
  BIGCOMMERCE_ACCESS_TOKEN   of an API account with the scope "Content: modify"
and, instead of --uuid, BIGCOMMERCE_WIDGET_TEMPLATE_UUID
`;

/** The command, to be added to the program. */
export function publishCommand(terminal: Terminal): Command {
  return new Command('publish')
    .description('Bring the widget into the Page Builder of a store, or up to date there.')
    .option('--app-client-id <id>', "fills in the app's client ID for the merchant")
    .option('--backend-url <url>', "fills in the backend's address for the merchant")
    .option('--name <name>', 'name in Page Builder', 'Customer widget')
    .option('--uuid <uuid>', 'the template to update, whatever its name')
    .option('--channel <id>', "channel (the store's first one unless given)", toChannel)
    .option('--language <code>', 'language of the options in the panel', 'en')
    .option('--assets-url <url>', 'folder that serves the files of dist/ (jsDelivr unless given)')
    .option('--new-version', 'leave placed widgets as they are until each is upgraded')
    .option('--script', 'load the bundle by Script Manager, not by the widget')
    .addOption(
      new Option('--consent <category>', "the script's category in the consent banner")
        .choices(['essential', 'functional'])
        .default('functional'),
    )
    .option('--template <folder>', 'a widget template of your own')
    .option('--api-url <url>', 'another address of the API, such as the emulated store')
    .addOption(
      new Option('--check', 'look for faults in the widget template, send nothing').conflicts([
        'list',
        'delete',
      ]),
    )
    .addOption(new Option('--dry-run', 'show what would be sent, send nothing').conflicts(['list', 'delete']))
    .addOption(
      new Option('--print', 'print what to paste, for stores without an API token').conflicts('delete'),
    )
    .addOption(new Option('--list', "list the store's widget templates").conflicts('delete'))
    .option('--delete', 'delete the template, and with --script the script')
    .option('-y, --yes', 'delete without asking')
    .addHelpText('after', HELP)
    .action((options: PublishOptions) => publish(options, terminal));
}

async function publish(given: PublishOptions, terminal: Terminal): Promise<void> {
  const { write, env = process.env } = terminal;
  const uuid = given.uuid ?? env.BIGCOMMERCE_WIDGET_TEMPLATE_UUID;
  const options = { ...given, ...(uuid && { uuid }) };
  if (options.list || options.delete) {
    const api = connect(options, terminal);
    await (options.list ? list(api, options, write) : remove(api, options, terminal));
    return;
  }
  const template = await prepare(options);
  if (options.check) {
    write('The widget template has no fault.\n');
    return;
  }
  const assets = options.assetsUrl ?? (await publicAssetsUrl());
  if (options.print) {
    if (!options.appClientId || !options.backendUrl) {
      throw new CommandError(
        '--print needs --app-client-id and --backend-url: they are part of what is pasted.',
      );
    }
    const configuration = defaultConfiguration(template.schema);
    const bundle = await hostedBundle('classic', assets);
    write(describePaste({ configuration, bundle, consent: options.consent }));
    return;
  }
  const bundle = await hostedBundle(options.script ? 'classic' : 'module', assets);
  const html = options.script
    ? withoutScripts(template.html)
    : withBundle(template.html, bundle.url, bundle.integrity);
  const ready = { ...template, html };
  const { consent, channel } = options;
  const script = options.script
    ? { src: bundle.url, integrity: bundle.integrity, consent, channel }
    : undefined;
  if (options.dryRun) {
    const payload = { widgetTemplate: templatePayload(ready, options.name) };
    write(`${JSON.stringify(script ? { ...payload, script: scriptPayload(script) } : payload, null, 2)}\n`);
    return;
  }
  const api = connect(options, terminal);
  const warning = await checkBundle(bundle);
  if (warning) terminal.writeError(`${warning}\n`);
  // The script comes first: a template without its own would leave placed widgets with none.
  if (script) write(`${ACTIONS[await publishScript(api, script)]} the script in Script Manager.\n`);
  const result = await publishTemplate(api, ready, options, options.newVersion === true);
  write(
    `${ACTIONS[result.action]} the widget template "${options.name}" (${result.template.uuid}, channel ${result.template.channel_id}).\n`,
  );
  write('BigCommerce renders it. Page Builder shows it under Custom.\n');
}

const ACTIONS = { created: 'Created', updated: 'Updated', unchanged: 'Nothing to change in' };

/** Our template, or the one that was named, with the merchant's values and without a fault. */
async function prepare(options: PublishOptions): Promise<WidgetTemplate> {
  const { appClientId, backendUrl, language } = options;
  const widget = { appClientId: appClientId ?? 'unknown', backendUrl: absolute(backendUrl) };
  const problem = await optionProblem(widget);
  if (problem) throw new CommandError(`--${problem}`);
  const template = await readWidgetTemplate(options.template).catch((error: unknown) => {
    throw new CommandError((error as Error).message);
  });
  const problems = lintWidgetTemplate(template);
  if (problems.length > 0) {
    throw new CommandError(
      `The widget template has faults; nothing was sent.\n${problems.map((one) => `  ${one}`).join('\n')}`,
    );
  }
  const { schema, translations } = template;
  const languages = Object.keys(Object.values(translations)[0] ?? {});
  if (language && language !== 'en' && !languages.includes(language)) {
    throw new CommandError(
      `--language must be one of ${languages.filter((one) => one !== 'default').join(', ')}.`,
    );
  }
  const values = { ...(appClientId && { appClientId }), ...(backendUrl && { backendUrl }) };
  return { ...template, schema: withDefaults(writeOutOptions(schema, translations, language), values) };
}

/** An address on the storefront itself is right by its form; where the storefront is, nobody knows here. */
function absolute(backendUrl = '/'): string {
  return isRootRelative(backendUrl) ? 'https://storefront.example' : backendUrl;
}

function connect({ apiUrl }: PublishOptions, { env = process.env, wait }: Terminal): ContentApi {
  const { BIGCOMMERCE_STORE_HASH: storeHash = '', BIGCOMMERCE_ACCESS_TOKEN: accessToken = '' } = env;
  if (!/^\w+$/.test(storeHash)) {
    throw new CommandError(
      'Set BIGCOMMERCE_STORE_HASH to the part of the API path after /stores/, such as abc123.',
    );
  }
  if (!accessToken) {
    throw new CommandError(
      'Set BIGCOMMERCE_ACCESS_TOKEN to the token of an API account with the scope "Content: modify", or use --print.',
    );
  }
  return createContentApi({ storeHash, accessToken, baseUrl: apiUrl, wait });
}

async function list(api: ContentApi, { channel }: PublishOptions, write: Terminal['write']): Promise<void> {
  const templates = await listTemplates(api, channel);
  for (const { uuid, channel_id: id, name } of templates) write(`${uuid}  channel ${id}  ${name}\n`);
  if (templates.length === 0) write('There are no widget templates of your own.\n');
}

async function remove(api: ContentApi, options: PublishOptions, { write, ask }: Terminal): Promise<void> {
  const template = await findTemplate(api, options);
  if (template && !options.yes) {
    const question = `Delete the widget template "${template.name}" (${template.uuid})? [y/N] `;
    const answer = (await ask?.(question)) ?? '';
    if (!/^y(es)?$/i.test(answer.trim()))
      throw new CommandError('Nothing was deleted; --yes deletes without asking.');
  }
  if (template) await deleteTemplate(api, template);
  write(
    template
      ? `Deleted the widget template "${template.name}" (${template.uuid}).\n`
      : 'There is no such widget template.\n',
  );
  if (!options.script) return;
  const wasThere = await deleteScript(api, options.channel);
  write(
    wasThere ? 'Deleted the script in Script Manager.\n' : 'There is no such script in Script Manager.\n',
  );
}

function toChannel(text: string): number {
  const channel = Number(text);
  if (Number.isInteger(channel) && channel > 0) return channel;
  throw new InvalidArgumentError('A channel is a whole number.');
}
