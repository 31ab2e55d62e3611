import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { builtPackage, plainTheme, runCommand, snapshot } from './plain-theme.js';

suite('checking a theme', () => {
  let bcw: string;
  before(async () => {
    bcw = await builtPackage();
  });
  const check = (theme: string, packageRoot = bcw) => runCommand(['check', theme], packageRoot);

  test('compares every page on both engines, for guest and customer, and leaves the theme alone', async () => {
    const theme = await plainTheme();
    const earlier = await snapshot(theme);
    const { code, out } = await check(theme);
    assert.equal(out, '60 renders compared, the widget shows in 30 of them, 0 faults.\n');
    assert.equal(code, 0);
    assert.deepEqual(await snapshot(theme), earlier);
  });

  test('compares a theme that has the widget with the theme without it', async () => {
    const theme = await plainTheme();
    await runCommand(['add', theme, '--yes'], bcw);
    assert.match((await check(theme)).out, /60 renders compared, .* 0 faults/);
  });

  test('control: finds a partial that writes something for guests', async () => {
    const chatty = await builtPackage('1.0.0', { 'header-points.html': '<!-- points -->' });
    const { code, out, error } = await check(await plainTheme(), chatty);
    assert.equal(code, 1);
    assert.match(out, /^fault +pages\/home \(handlebars-v3, guest\) is not as it was\.$/m);
    assert.match(out, /30 faults/);
    assert.match(error, /more than it should/);
  });

  test('control: finds a partial that breaks a page', async () => {
    const broken = await builtPackage('1.0.0', { 'account-rewards.html': '{{#if customer}}' });
    const { code, out } = await check(await plainTheme(), broken);
    assert.equal(code, 1);
    assert.match(
      out,
      /^fault +pages\/account\/orders\/all \(handlebars-v4, customer\) breaks: .*account-rewards/m,
    );
  });

  test("does not count the theme's own errors against the widget", async () => {
    const theme = await plainTheme({ 'templates/pages/broken.html': '{{> components/gone}}' });
    const { code, out } = await check(theme);
    assert.equal(code, 0);
    assert.match(out, /^not compared +pages\/broken \(handlebars-v3, guest\): .*components\/gone/m);
    assert.match(out, /^60 renders compared/m);
  });

  test('says where the widget has no place', async () => {
    const { out } = await check(await plainTheme({ 'templates/pages/home.html': '<p></p>' }));
    assert.match(out, /^note +No place .* templates\/pages\/home\.html/m);
  });

  test('is refused for a folder that is no theme', async () => {
    const { code, error } = await check('docs');
    assert.equal(code, 1);
    assert.match(error, /is not a Stencil theme/);
  });
});
