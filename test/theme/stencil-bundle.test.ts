import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { builtPackage, plainTheme, runCommand } from '../cli/plain-theme.js';
import { bundleTheme, readZip, withoutStencilCli } from '../support/stencil-cli/index.js';
import { removeAtExit, temporaryTheme } from './temporary-theme.js';

const PARTIALS = ['widget', 'product-card', 'account-rewards', 'recent-purchases', 'header-points'];

// What our partials may use: their parameters, who the shopper is, our settings, and two of the store's addresses.
const ALLOWED =
  /^(component\.)?(customer(\.id)?|theme_settings\.bcw_\w+|urls\.account\.index|settings\.secure_base_url|product(\.id)?|app_client_id|backend_url|heading|heading_level|hide_heading|loading|look|token_url|refresh_after|live_url|block)$/;

async function bundle(theme: string) {
  const destination = removeAtExit(await mkdtemp(join(tmpdir(), 'bcw-bundle-')));
  const { output } = await bundleTheme(theme, destination);
  const zip = join(destination, 'theme.zip');
  // The CLI may end well without a bundle, and leave a bundle after an error: both signs are wanted.
  const isSaved = output.includes(`Bundled saved to: ${zip}`) && existsSync(zip);
  return { output, files: isSaved ? await readZip(zip) : undefined };
}

suite('the real stencil bundle', { skip: withoutStencilCli }, () => {
  test('takes the example theme, with every page and partial in it', async () => {
    const { output, files } = await bundle(await temporaryTheme());
    assert.ok(files, output);
    const template = (name: string) =>
      `parsed/templates/${createHash('md5').update(name).digest('hex')}.json`;
    for (const name of [
      ...PARTIALS.map((partial) => `components/bc-customer-widget/${partial}`),
      ...['home', 'cart', 'category', 'product', 'search', 'auth/login', 'auth/create-account'].map(
        (page) => `pages/${page}`,
      ),
      'pages/account/orders/all',
      'pages/account/orders/details',
      'pages/errors/404',
    ]) {
      assert.ok(files.has(template(name)), name);
    }
    assert.ok(files.has('lang/de.json'));
    assert.ok(files.has('schemaTranslations.json'));
    assert.ok(![...files.keys()].some((name) => name.includes('node_modules')));
    assert.doesNotMatch(output, /could not parse|warning|error/i);
  });

  test('takes a theme that the widget was added to, and sees it use nothing but what we say', async () => {
    const theme = await plainTheme();
    await runCommand(['add', theme, '--place', 'account', 'home', 'header', '--yes'], await builtPackage());
    const { output, files } = await bundle(theme);
    assert.ok(files, output);
    assert.ok(files.has('assets/bc-customer-widget/bc-customer-widget.min.js'));
    assert.ok(!files.has('.bc-customer-widget.json'));
    const used = JSON.parse(String(files.get('parsed/stencilContext.json'))) as Record<
      string,
      { paths: string[] }
    >;
    const ours = Object.keys(used).filter((variable) =>
      used[variable]!.paths.some((path) => path.includes('bc-customer-widget')),
    );
    assert.ok(ours.includes('customer.id'), 'the analysis saw our partials');
    // The product card hands both on to the theme's own card.
    const handedOn = ['component.settings', 'component.theme_settings'];
    assert.deepEqual(
      ours.filter((variable) => !ALLOWED.test(variable) && !handedOn.includes(variable)),
      [],
    );
  });

  test('control: does not take the theme when a partial is missing', async () => {
    const theme = await temporaryTheme();
    const folder = join(theme, 'templates/components/bc-customer-widget');
    await rename(join(folder, 'widget.html'), join(folder, 'renamed.html'));
    const { output, files } = await bundle(theme);
    assert.equal(files, undefined);
    assert.match(output, /bc-customer-widget\/widget/);
  });
});
