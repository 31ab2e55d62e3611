// Runs the server of the real `stencil start` on Node 20, without BrowserSync, until its input ends:
// `node start.mjs <folder with stencil-cli> <theme> <store address> <port>`; prints the address it listens on.
import process from 'node:process';

const [tools, theme, storeUrl, port] = process.argv.slice(2);
// Before the imports: the CLI takes the folder that it is loaded in for the theme.
process.chdir(theme);
const cli = `${tools}/node_modules/@bigcommerce/stencil-cli`;
await import(`${tools}/node_modules/colors/lib/index.js`);
const { default: ThemeConfig } = await import(`${cli}/lib/theme-config.js`);
const { default: Server } = await import(`${cli}/server/index.js`);
ThemeConfig.getInstance(theme);
const server = await Server.create({
  dotStencilFile: {
    storeUrl,
    normalStoreUrl: storeUrl,
    port: Number(port) - 1,
    accessToken: 'any',
    customLayouts: {},
  },
  variationIndex: 0,
  // As `stencil start --no-cache`: the cache forgets whose answer it keeps.
  useCache: false,
  themePath: theme,
  stencilCliVersion: '10.0.0',
  storeSettingsLocale: {
    default_shopper_language: 'en',
    shopper_language_selection_method: 'default_shopper_language',
  },
});
console.log(`Listening on http://localhost:${server.info.port}`);
process.stdin.resume().on('end', () => process.exit());
