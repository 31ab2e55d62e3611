import assert from 'node:assert/strict';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { run } from '../../src/cli/program.js';
import { createEmulator } from '../../src/emulator/index.js';
import { visitorOf } from '../emulator/visitor.js';
import { elementsOf } from '../theme/html.js';
import { builtPackage, plainTheme, runCommand, snapshot } from './plain-theme.js';

const PARTIAL = 'templates/components/bc-customer-widget/widget.html';
const EVERYWHERE = ['--place', 'account', 'home', 'header', '--yes'];

suite('adding the widget to a theme', () => {
  let bcw: string;
  const add = (theme: string, ...options: string[]) => runCommand(['add', theme, ...options], bcw);
  const remove = (theme: string, ...options: string[]) => runCommand(['remove', theme, ...options], bcw);
  const pages = ['/', '/account.php', '/login.php', '/products.php?productId=101', '/nowhere'];
  before(async () => {
    bcw = await builtPackage();
  });

  for (const engine of ['handlebars-v3', 'handlebars-v4'] as const) {
    test(`shows it to customers and leaves every guest's page as it was, byte for byte (${engine})`, async () => {
      const themeDir = await plainTheme();
      const store = createEmulator({ themeDir, engine });
      const [guest, customer] = [visitorOf(store), visitorOf(store)];
      await customer.signIn('ada@example.com');
      const show = (visitor: typeof guest) =>
        Promise.all(pages.map(async (page) => (await visitor.get(page)).text()));
      const widgets = (html: string) =>
        elementsOf(html).filter(({ name }) => name === 'bc-customer-widget').length;

      const earlier = await show(guest);
      assert.deepEqual((await show(customer)).map(widgets), [0, 0, 0, 0, 0]);
      assert.equal((await add(themeDir, ...EVERYWHERE)).code, 0);
      assert.deepEqual(await show(guest), earlier);
      assert.deepEqual((await show(customer)).map(widgets), [2, 2, 1, 1, 1]);
    });
  }

  test('leaves nothing behind when it is removed', async () => {
    const theme = await plainTheme();
    const earlier = await snapshot(theme);
    await add(theme, ...EVERYWHERE);
    assert.notDeepEqual(await snapshot(theme), earlier);
    const { code, out } = await remove(theme, '--yes');
    assert.equal(code, 0);
    assert.match(out, /removed +assets\/bc-customer-widget\/bc-customer-widget\.min\.js/);
    assert.deepEqual(await snapshot(theme), earlier);
  });

  test('leaves nothing behind in a theme without schema, with windows line ends and a file on one line', async () => {
    const theme = await plainTheme({
      'config.json': '{"template_engine":"handlebars_v4","variations":[]}',
      'lang/fr-CA.json': '{\r\n\t"a": "b"\r\n}\r\n',
      'templates/pages/home.html': '{{#partial "page"}}\r\n<p></p>\r\n{{/partial}}\r\n{{> layout/base}}',
    });
    await rm(join(theme, 'schema.json'));
    await rm(join(theme, 'schemaTranslations.json'));
    const earlier = await snapshot(theme);
    assert.equal((await add(theme, ...EVERYWHERE)).code, 0);
    const words = JSON.parse(await readFile(join(theme, 'lang/fr-CA.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    assert.deepEqual(words.bc_customer_widget, JSON.parse(await readFile('templates/lang/fr.json', 'utf8')));
    await remove(theme, '--yes');
    assert.deepEqual(await snapshot(theme), earlier);
  });

  test('changes nothing the second time', async () => {
    const theme = await plainTheme();
    await add(theme, ...EVERYWHERE);
    const earlier = await snapshot(theme);
    for (const options of [EVERYWHERE, ['--yes'], ['--place', 'none', '--yes']]) {
      const { code, out } = await add(theme, ...options);
      assert.equal(code, 0);
      assert.match(out, /^Nothing to change/);
      assert.deepEqual(await snapshot(theme), earlier);
    }
    await remove(theme, '--yes');
    assert.match((await remove(theme)).out, /^Nothing to change/);
  });

  test('goes to the account page unless told otherwise, and to a further place later', async () => {
    const theme = await plainTheme();
    const used = async () => {
      const files = Object.entries(await snapshot(theme));
      const users = files.filter(
        ([path, text]) => !path.includes('bc-customer-widget') && text.includes('{{> components/bc-'),
      );
      return users.map(([path]) => path).sort();
    };
    await add(theme, '--yes');
    assert.deepEqual(await used(), ['templates/pages/account/orders/all.html']);
    await add(theme, '--yes', '--place', 'home');
    assert.deepEqual(await used(), ['templates/pages/account/orders/all.html', 'templates/pages/home.html']);
  });

  test('does not include twice what the developer moved, or gave parameters to', async () => {
    const theme = await plainTheme();
    await add(theme, '--yes');
    const place = join(theme, 'templates/pages/account/orders/all.html');
    const include = '{{> components/bc-customer-widget/account-rewards}}';
    const text = await readFile(place, 'utf8');
    await writeFile(place, text.replace(`${include}\n`, ''));
    await writeFile(
      join(theme, 'templates/components/account/extra.html'),
      include.replace('}}', ' look="plain"}}'),
    );
    const earlier = await snapshot(theme);
    await add(theme, '--yes', '--place', 'account');
    assert.deepEqual(await snapshot(theme), earlier);
  });

  test('only shows what it would do with --dry-run', async () => {
    const theme = await plainTheme();
    const earlier = await snapshot(theme);
    const { code, out } = await add(theme, '--dry-run', '--place', 'home');
    assert.equal(code, 0);
    assert.match(out, /^\+\{\{> components\/bc-customer-widget\/recent-purchases\}\}$/m);
    assert.match(out, /^\+ {8}"bcw_backend_url": "",$/m);
    assert.match(out, /^new +assets\/bc-customer-widget\/bc-customer-widget\.min\.js \(0\.0 kB\)$/m);
    assert.match(out, /Nothing was written/);
    assert.deepEqual(await snapshot(theme), earlier);
  });

  test('asks on a terminal, and takes anything but yes for a no', async () => {
    const theme = await plainTheme();
    const earlier = await snapshot(theme);
    for (const answer of ['', 'n', 'maybe']) {
      const { code, error } = await runCommand(['add', theme], bcw, answer);
      assert.deepEqual([code, error], [1, 'Nothing was written.\n']);
    }
    assert.deepEqual(await snapshot(theme), earlier);
    const { code, out } = await runCommand(['add', theme], bcw, 'y');
    assert.equal(code, 0);
    assert.match(out, /^1\/\d+ \.bc-customer-widget\.json$/m);
  });

  test('wants --yes where nobody can be asked', async () => {
    const { code, error } = await add(await plainTheme());
    assert.equal(code, 1);
    assert.match(error, /--yes/);
  });

  test('keeps settings, labels and words that the theme has', async () => {
    const theme = await plainTheme();
    await add(theme, ...EVERYWHERE);
    const edit = async (path: string, from: string, to: string) => {
      const text = await readFile(join(theme, path), 'utf8');
      assert.ok(text.includes(from));
      await writeFile(join(theme, path), text.replace(from, to));
    };
    await edit('config.json', '"bcw_heading": ""', '"bcw_heading": "Our club"');
    await edit('lang/en.json', 'Your rewards', 'Your points');
    const { out } = await add(theme, '--yes');
    assert.match(out, /^Nothing to change/);
  });

  test('brings settings and labels of an older version up to date, and adds only the words that are missing', async () => {
    const theme = await plainTheme();
    await add(theme, ...EVERYWHERE);
    const now = await snapshot(theme);
    const editJson = async (path: string, change: (value: never) => unknown) => {
      const value = JSON.parse(await readFile(join(theme, path), 'utf8')) as never;
      await writeFile(join(theme, path), JSON.stringify(change(value), undefined, 2));
    };
    await editJson('schema.json', (sections: { name: string; settings: unknown[] }[]) =>
      sections.map((section) => ({ ...section, settings: section.settings.slice(1) })),
    );
    await editJson('schemaTranslations.json', (labels: Record<string, object>) =>
      Object.fromEntries(Object.keys(labels).map((key) => [key, { default: 'Old label' }])),
    );
    await editJson('lang/en.json', (words: { bc_customer_widget: Record<string, unknown> }) => {
      const [, changed, ...others] = Object.keys(words.bc_customer_widget);
      const kept = Object.fromEntries(others.map((key) => [key, words.bc_customer_widget[key]]));
      return { ...words, bc_customer_widget: { [changed!]: 'Better words', ...kept } };
    });
    assert.equal((await add(theme, '--yes')).code, 0);

    const json = (files: Record<string, string>, path: string) => JSON.parse(files[path]!) as never;
    const files = await snapshot(theme);
    const widgetOf = (sections: { name: string }[]) => sections.find(({ name }) => !name.includes('Colors'));
    assert.deepEqual(widgetOf(json(files, 'schema.json')), widgetOf(json(now, 'schema.json')));
    const { 'i18n.Colors': others, ...labels } = json(files, 'schemaTranslations.json') as Record<
      string,
      object
    >;
    assert.ok(others, 'what is not ours stays as it is');
    for (const label of Object.values(labels)) assert.notDeepEqual(label, { default: 'Old label' });
    const [was, is] = [now, files].map(
      (of) =>
        (json(of, 'lang/en.json') as { bc_customer_widget: Record<string, unknown> }).bc_customer_widget,
    );
    const [missing, changed] = Object.keys(was!);
    assert.deepEqual(is![missing!], was![missing!]);
    assert.equal(is![changed!], 'Better words');
  });

  test('brings an older version up to date, with what that version had and this one has not', async () => {
    const theme = await plainTheme();
    const earlier = await snapshot(theme);
    const old = await builtPackage('0.9.0', { 'widget.html': '<b>old</b>', 'gone.html': 'gone' });
    await runCommand(['add', theme, '--yes'], old);
    const { code } = await add(theme, '--yes');
    assert.equal(code, 0);
    const files = await snapshot(theme);
    assert.equal(files[PARTIAL], await readFile(PARTIAL, 'utf8'));
    assert.equal(files['templates/components/bc-customer-widget/gone.html'], undefined);
    assert.equal(
      files['assets/bc-customer-widget/bc-customer-widget.min.js'],
      "export const version = '1.0.0';\n",
    );
    assert.match(files['.bc-customer-widget.json']!, /"version": "1\.0\.0"/);
    await remove(theme, '--yes');
    assert.deepEqual(await snapshot(theme), earlier);
  });

  test('keeps a partial that the developer changed, and puts the new one beside it', async () => {
    const theme = await plainTheme();
    await runCommand(['add', theme, '--yes'], await builtPackage('0.9.0', { 'widget.html': '<b>old</b>' }));
    await writeFile(join(theme, PARTIAL), '<b>mine</b>');
    for (const run of [1, 2]) {
      const { code, out } = await add(theme, '--yes');
      assert.equal(code, 0);
      assert.match(out, /widget\.html was changed in this theme and is kept/, `run ${run}`);
      const files = await snapshot(theme);
      assert.equal(files[PARTIAL], '<b>mine</b>');
      assert.equal(files[`${PARTIAL}.new`], await readFile(PARTIAL, 'utf8'));
    }
    const { out } = await remove(theme, '--yes');
    assert.match(out, /widget\.html was changed in this theme and is kept/);
    const files = await snapshot(theme);
    assert.equal(files[PARTIAL], '<b>mine</b>');
    assert.equal(files[`${PARTIAL}.new`], undefined);
  });

  test('prints the line to paste when a template has no place for it', async () => {
    const theme = await plainTheme({ 'templates/pages/home.html': '<p></p>' });
    const { code, out } = await add(theme, '--yes', '--place', 'home');
    assert.equal(code, 0);
    assert.match(
      out,
      /No place .* templates\/pages\/home\.html.*\n\{\{> components\/bc-customer-widget\/recent-purchases\}\}\n/,
    );
  });

  test('does not leave a template with an include of a partial that is gone', async () => {
    const theme = await plainTheme();
    await add(theme, '--yes');
    const own = '<p>\n{{> components/bc-customer-widget/widget heading="Mine"}}\n</p>';
    await writeFile(join(theme, 'templates/components/own.html'), own);
    const earlier = await snapshot(theme);
    const { code, error } = await remove(theme, '--yes');
    assert.equal(code, 1);
    assert.equal(
      error,
      'templates/components/own.html, line 2, still includes components/bc-customer-widget/widget. Take that line out first.\n',
    );
    assert.deepEqual(await snapshot(theme), earlier);
  });
});

suite('a theme that the widget cannot be added to', () => {
  let bcw: string;
  before(async () => {
    bcw = await builtPackage();
  });

  for (const [what, files, said] of [
    ['settings that are not JSON', { 'config.json': '{ "settings": ' }, /^config\.json is not valid JSON: /],
    [
      'settings that are a list',
      { 'config.json': '[]' },
      /^config\.json should hold a JSON object, but holds this: array\./,
    ],
    ['a schema that is an object', { 'schema.json': '{}' }, /^schema\.json should hold a JSON array/],
    ['words that are not JSON', { 'lang/en.json': 'nope' }, /^lang\/en\.json is not valid JSON/],
    [
      'labels that are not JSON',
      { 'schemaTranslations.json': '{,}' },
      /^schemaTranslations\.json is not valid JSON/,
    ],
    [
      'a broken record',
      { '.bc-customer-widget.json': '<<<<' },
      /^\.bc-customer-widget\.json is not valid JSON/,
    ],
  ] as const) {
    test(`is left as it is and told why: ${what}`, async () => {
      const theme = await plainTheme(files);
      const earlier = await snapshot(theme);
      const { code, error } = await runCommand(['add', theme, ...EVERYWHERE], bcw);
      assert.equal(code, 1);
      assert.match(error, said);
      assert.equal(error.trim().split('\n').length, 1);
      assert.deepEqual(await snapshot(theme), earlier);
    });
  }

  test('is no theme at all', async () => {
    for (const folder of ['docs', '/nowhere/at/all']) {
      for (const command of ['add', 'remove']) {
        const { code, error } = await runCommand([command, folder, '--yes'], bcw);
        assert.equal(code, 1);
        assert.match(error, /is not a Stencil theme/);
      }
    }
  });

  test('is left as it is when somebody changes it while the question is asked', async () => {
    const theme = await plainTheme();
    const outcome = { out: '', error: '' };
    const code = await run(['add', theme], {
      write: (text) => (outcome.out += text),
      writeError: (text) => (outcome.error += text),
      ask: async () => {
        await writeFile(join(theme, 'schema.json'), '[]');
        return 'y';
      },
      packageRoot: bcw,
    });
    assert.equal(code, 1);
    assert.equal(outcome.error, 'schema.json was changed in the meantime; run the command again.\n');
    const files = await snapshot(theme);
    assert.equal(files['schema.json'], '[]');
    assert.equal(files[PARTIAL], undefined);
  });

  test('has a folder where a file belongs', async () => {
    const theme = await plainTheme({ [`${PARTIAL}/inside`]: 'in the way' });
    const earlier = await snapshot(theme);
    const { code, error } = await runCommand(['add', theme, '--yes'], bcw);
    assert.equal(code, 1);
    assert.match(error, /widget\.html could not be read: EISDIR/);
    assert.deepEqual(await snapshot(theme), earlier);
  });

  test('takes back what was written when a later file cannot be', async () => {
    // A file where a folder has to be: fails for every user, also for root.
    const theme = await plainTheme({ 'templates/components/bc-customer-widget': 'in the way' });
    const earlier = await snapshot(theme);
    const { code, out, error } = await runCommand(['add', theme, '--yes'], bcw);
    assert.equal(code, 1);
    assert.match(out, /^3\/\d+ config\.json$/m, 'files before it had been written');
    assert.match(
      error,
      /^templates\/components\/bc-customer-widget\/.* could not be written, nothing was changed: /,
    );
    assert.deepEqual(await snapshot(theme), earlier);
  });

  test(
    'says so when a file is write-protected',
    { skip: process.getuid?.() === 0 && 'root may write everything' },
    async () => {
      const theme = await plainTheme();
      const earlier = await snapshot(theme);
      await chmod(join(theme, 'schema.json'), 0o444);
      const { code, error } = await runCommand(['add', theme, '--yes'], bcw);
      assert.equal(code, 1);
      assert.match(error, /^schema\.json could not be written, nothing was changed: EACCES/);
      assert.deepEqual(await snapshot(theme), earlier);
    },
  );
});

suite('the command line', () => {
  test('explains itself', async () => {
    const { code, out } = await runCommand(['--help'], '.');
    assert.equal(code, 0);
    assert.match(out, /add \[options\] <theme>/);
    assert.match((await runCommand(['add', '--help'], '.')).out, /--dry-run/);
  });

  for (const args of [[], ['unknown'], ['add'], ['add', 'x', '--place', 'footer'], ['add', 'x', '--what']]) {
    test(`refuses \`${args.join(' ')}\` with a word about it`, async () => {
      const { code, error } = await runCommand(args, '.');
      assert.notEqual(code, 0);
      assert.ok(error.length > 0);
    });
  }

  test('says that an unbuilt package has to be built', async () => {
    const { code, error } = await runCommand(['add', await plainTheme(), '--yes'], 'docs');
    assert.equal(code, 1);
    assert.match(error, /npm run build/);
  });
});
