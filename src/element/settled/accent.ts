// The colour of what can be pressed.

/** Set on the object, not written into markup: a strict style-src allows that. What is no colour is ignored. */
export function setAccent({ shadowRoot, accent }: HTMLElement & { accent: string | null }): void {
  const color = accent && CSS.supports('color', accent) ? accent : '';
  shadowRoot?.querySelector('section')?.style.setProperty('--_accent', color);
}
