// Runs the real `stencil bundle` by its classes, because its command refuses Node before 24:
// `node bundle.mjs <folder with stencil-cli> <theme> <destination>`; the last line names the zip.
import process from 'node:process';

const [tools, theme, dest] = process.argv.slice(2);
// Before the imports: the CLI takes the folder that it is loaded in for the theme.
process.chdir(theme);
const modules = `${tools}/node_modules`;
const lib = `${modules}/@bigcommerce/stencil-cli/lib`;
await import(`${modules}/colors/lib/index.js`);
const { default: ThemeConfig } = await import(`${lib}/theme-config.js`);
const { default: Bundle } = await import(`${lib}/stencil-bundle.js`);
const { default: BuildConfigManager } = await import(`${lib}/BuildConfigManager.js`);
const themeConfig = ThemeConfig.getInstance(theme);
const buildConfig = new BuildConfigManager({ workDir: theme, timeout: 60_000 });
await buildConfig.initConfig();
const options = { dest, name: 'theme' };
const zip = await new Bundle(
  theme,
  themeConfig,
  await themeConfig.getRawConfig(),
  options,
  buildConfig,
).initBundle();
console.log(`Bundled saved to: ${zip}`);
