// Compiles a theme's SCSS as the platform does, with BigCommerce's own compiler where the theme's tools bring it.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ThemeError } from './stencil-engine.js';

interface StencilStyles {
  assembleCssFiles: (
    file: string,
    folder: string,
    type: string,
    options: object,
  ) => Promise<Record<string, string>>;
  activateEngine: (name: string) => void;
  compileCss: (syntax: string, options: object) => Promise<string>;
}

/**
 * Gives the CSS of `assets/scss/{name}.scss`; undefined when the theme has no such file, or no compiler:
 * `@bigcommerce/stencil-styles`, which comes with the Stencil CLI, has to be found from the theme's folder.
 *
 * @throws ThemeError when it cannot be compiled
 */
export async function compileStyles(
  themeDir: string,
  name: string,
  themeSettings: Record<string, unknown>,
): Promise<string | undefined> {
  const Styles = findCompiler(themeDir);
  if (!Styles) return undefined;
  const file = `${name}.scss`;
  const styles = new Styles(console);
  const files = await styles
    .assembleCssFiles(file, join(themeDir, 'assets/scss'), 'scss', {})
    .catch(() => ({}));
  const data = (files as Record<string, string>)[file];
  if (data === undefined) return undefined;
  styles.activateEngine('node-sass');
  try {
    const dest = `/assets/css/${name}.css`;
    return await styles.compileCss('scss', { data, files, dest, themeSettings, autoprefixerOptions: {} });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ThemeError(`assets/scss/${file}`, reason, { cause: error });
  }
}

function findCompiler(themeDir: string): (new (logger: Console) => StencilStyles) | undefined {
  const require = createRequire(join(themeDir, 'config.json'));
  try {
    return require('@bigcommerce/stencil-styles') as new (logger: Console) => StencilStyles;
  } catch {
    return undefined;
  }
}
