// The part of BigCommerce's rendering engine that the emulator uses; the package ships no types.
declare module '@bigcommerce/stencil-paper' {
  type Templates = Record<string, string>;

  interface Assembler {
    /** Gives the named template and every partial it reaches, without front matter. */
    getTemplates(path: string, process: (templates: Templates) => unknown): Promise<unknown>;
    /** Gives the theme's words by lower-case locale. */
    getTranslations(): Promise<Record<string, unknown>>;
  }

  export default class Paper {
    constructor(
      siteSettings: object,
      themeSettings: object,
      assembler: Assembler,
      engine: 'handlebars-v3' | 'handlebars-v4',
      logger: Console,
      logLevel: string,
      params: { security?: { nonce: string } },
    );
    setContent(regions: Record<string, string>): void;
    loadTheme(path: string, acceptLanguage: string): Promise<unknown>;
    render(path: string, context: object): Promise<string>;
    renderString(template: string, context: object): Promise<string>;
  }
}
