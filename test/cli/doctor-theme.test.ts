// A theme that has the widget in the wrong way, and the checks that find it.
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../src/cli/program.js';
import { app, type Setup } from './doctor-stage.js';
import { testTable, type Row } from './doctor-tables.js';
import { plainTheme } from './plain-theme.js';

const BACKEND = 'https://backend.example/rewards';
const ACCOUNT = 'templates/pages/account/orders/all.html';
const PARTIAL = 'templates/components/bc-customer-widget/widget.html';
const INCLUDE = '{{> components/bc-customer-widget/account-rewards}}';

type Edit = (text: string) => string;

/** The store shows a theme with the widget on the account page, in which files are edited afterwards. */
const theme =
  (edits: Record<string, Edit>, more: Partial<Setup> = {}) =>
  async (): Promise<Setup> => {
    const folder = await plainTheme();
    const quiet = () => undefined;
    assert.equal(await run(['add', folder, '--yes'], { write: quiet, writeError: quiet }), 0);
    for (const [path, edit] of Object.entries(edits)) {
      const file = join(folder, path);
      const before = await readFile(file, 'utf8');
      const after = edit(before);
      assert.notEqual(after, before, `${path} is edited`);
      if (after === '') await rm(file);
      else await writeFile(file, after);
    }
    return { theme: folder, ...more, told: { '--theme': folder, ...more.told } };
  };

const around =
  (open: string, close: string): Edit =>
  (text) =>
    text.replace(INCLUDE, `${open}\n${INCLUDE}\n${close}`);

const settings =
  (values: Record<string, string>): Edit =>
  (text) =>
    Object.entries(values).reduce(
      (all, [key, value]) => all.replace(`"${key}": ""`, `"${key}": "${value}"`),
      text,
    );

/** Only config.json tells: nobody is signed in, so no page shows an element. */
const asGuest: Partial<Setup> = { signedIn: false };
const filledIn = { bcw_app_client_id: app.clientId, bcw_backend_url: BACKEND };
const forBackend: Partial<Setup> = {
  settings: { bcw_backend_url: BACKEND },
  told: { '--backend': BACKEND },
  ...asGuest,
};
const withoutSettings: Edit = (text) => text.replace(/"bcw_backend_url": "",?\s*/, '');

const rows: Row[] = [
  ['has the widget as add puts it there', theme({}), []],
  [
    'has its include in {{#each}}',
    theme({ [ACCOUNT]: around('{{#each customer.orders}}', '{{/each}}') }),
    ['page-element', 'theme-scope'],
    /all\.html, line \d+: the include is inside {{#each}} or {{#with}}/,
  ],
  [
    'has its include in {{#with}}',
    theme({ [ACCOUNT]: around('{{#with settings}}', '{{/with}}') }),
    ['page-element', 'theme-scope'],
    /customer=\.\.\/customer/,
  ],
  [
    'has its include in a loop and passes on the customer',
    theme({
      [ACCOUNT]: (text) =>
        text.replace(
          INCLUDE,
          `{{#with settings}}\n${INCLUDE.replace('}}', ' customer=../customer theme_settings=../theme_settings settings=../settings}}')}\n{{/with}}`,
        ),
    }),
    [],
  ],
  [
    'has its include in a partial that is included in a loop',
    theme({
      [ACCOUNT]: (text) =>
        text.replace(INCLUDE, '{{#with settings}}{{> components/account/orders}}{{/with}}'),
      'templates/components/account/orders.html': () => INCLUDE,
    }),
    ['theme-scope'],
    /orders\.html, line 1: the include is inside/,
  ],
  [
    'has its include in a comment',
    theme({ [ACCOUNT]: (text) => text.replace(INCLUDE, `{{!-- ${INCLUDE} --}}`) }),
    ['page-element', 'theme-include'],
    /No template of the theme shows the widget.*add --place account/,
  ],
  [
    'shows the element to guests',
    theme({
      [PARTIAL]: (text) => text.replace('{{~#if customer~}}', '{{~#if settings~}}'),
      [ACCOUNT]: (text) => text.replace(INCLUDE, INCLUDE.replace('account-rewards', 'widget')),
    }),
    ['theme-guard'],
    /widget\.html, line \d+: the element is not inside {{#if customer}}/,
  ],
  [
    'shows an element of its own to guests',
    theme({
      [ACCOUNT]: (text) =>
        text.replace(
          INCLUDE,
          `{{#if customer}}Hello{{else}}<bc-customer-widget></bc-customer-widget>{{/if}}\n${INCLUDE}`,
        ),
    }),
    ['theme-guard'],
    /all\.html/,
  ],
  [
    'has a script without nonce',
    theme({
      [PARTIAL]: (text) => text.replace('type="module" async nonce="{{nonce}}"', 'type="module" async'),
    }),
    ['page-csp-script', 'theme-nonce'],
    /widget\.html, line \d+: the widget's script has no nonce/,
  ],
  [
    'lacks a file',
    theme({
      'templates/components/bc-customer-widget/account-rewards.html': () => '',
      [ACCOUNT]: (text) => text.replace(INCLUDE, INCLUDE.replace('account-rewards', 'widget')),
    }),
    ['theme-installed'],
    /lacks 1 of the widget's files, such as .*account-rewards\.html.*add again/,
  ],
  [
    'lacks the settings',
    theme({ 'config.json': withoutSettings }),
    ['theme-settings'],
    /lacks settings.*add again/,
  ],
  [
    'has another client ID in config.json',
    theme({ 'config.json': settings({ ...filledIn, bcw_app_client_id: 'wrongapp' }) }, forBackend),
    ['backend-answers', 'theme-settings'],
    /client ID wrongapp, not/,
  ],
  [
    'has another backend in config.json',
    theme(
      { 'config.json': settings({ ...filledIn, bcw_backend_url: 'https://other.example/' }) },
      forBackend,
    ),
    ['backend-answers', 'theme-settings'],
    /backend https:\/\/other\.example\/, not https:\/\/backend\.example/,
  ],
  [
    'has a backend in config.json that is not secure',
    theme(
      { 'config.json': settings({ ...filledIn, bcw_backend_url: 'http://backend.example/' }) },
      forBackend,
    ),
    ['backend-answers', 'theme-settings'],
    /must start with https/,
  ],
  [
    'has the right settings in config.json',
    theme({ 'config.json': settings(filledIn) }, forBackend),
    ['backend-answers'],
    /backend\.example|host name|reached/i,
  ],
  [
    'lacks the words in English',
    theme({ 'lang/en.json': (text) => text.replace('"bc_customer_widget"', '"other"') }),
    ['theme-words'],
    /missing in lang\/en\.json/,
  ],
  [
    'has JSON that is none',
    theme({ 'schema.json': () => '[' }),
    ['theme-installed', 'theme-settings', 'theme-words'],
    /schema\.json is not valid JSON/,
  ],
  [
    'writes the element itself',
    async () => {
      const element = `{{#if customer}}<bc-customer-widget app-client-id="{{theme_settings.bcw_app_client_id}}" backend-url="{{theme_settings.bcw_backend_url}}"></bc-customer-widget><script type="module" nonce="{{nonce}}" src="/bc-customer-widget.min.js"></script>{{/if}}`;
      const folder = await plainTheme({ [ACCOUNT]: element });
      const file = await readFile('dist/bc-customer-widget.min.js');
      const isModule = (request: Request) => request.url.includes('/bc-customer-widget');
      return {
        theme: folder,
        told: { '--theme': folder },
        storefront: (request, emulated) =>
          isModule(request)
            ? Promise.resolve(new Response(file, { headers: { 'content-type': 'text/javascript' } }))
            : emulated(),
      };
    },
    [],
  ],
];

const warnings: Row[] = [
  [
    'has empty settings in config.json',
    theme({}, asGuest),
    ['theme-settings'],
    /leaves bcw_app_client_id empty.*theme editor/,
  ],
  [
    'lacks the words in German',
    theme({ 'lang/de.json': (text) => text.replace('"bc_customer_widget"', '"other"') }),
    ['theme-words'],
    /missing in lang\/de\.json/,
  ],
  [
    'lacks the section of the theme editor',
    theme({ 'schema.json': () => '[]' }),
    ['theme-installed'],
    /theme editor does not show/,
  ],
];

testTable('the theme', 'failure', rows);
testTable('the theme', 'warning', warnings);
