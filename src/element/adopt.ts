// Styles that come with a part.

const sheets = new Map<string, CSSStyleSheet>();

/** Adds styles to a widget, once. Made by script, so that a strict `style-src` has nothing against them. */
export function adopt({ shadowRoot }: HTMLElement, styles: string): void {
  const sheet = sheets.get(styles) ?? new CSSStyleSheet();
  if (!sheets.has(styles)) sheet.replaceSync(styles);
  sheets.set(styles, sheet);
  const adopted = shadowRoot?.adoptedStyleSheets;
  if (adopted && !adopted.includes(sheet)) adopted.push(sheet);
}
