// The toolbar on the storefront's pages that switches faults. It is a module of its own in the page, so that a theme's
// markup stays as it is.

/** The toolbar's script, for the browser. */
export const toolbarScript = (): string => `const __name = (value) => value;\n(${runToolbar.toString()})();`;

interface State {
  faults: Record<string, Record<string, string>>;
  [side: string]: unknown;
}

async function runToolbar(): Promise<void> {
  const address = '/emulator/faults';
  const state = (await (await fetch(address)).json()) as State;
  const titles: Record<string, string> = { endpoint: 'Token endpoint', backend: 'Backend' };
  const host = document.body.appendChild(document.createElement('aside'));
  host.setAttribute('aria-label', 'Faults');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { position: fixed; inset: auto auto 0.75rem 0.75rem; z-index: 2147483647; color-scheme: light; }
    details { max-inline-size: 20rem; border: 1px solid #59636e; border-radius: 0.5rem; background: #fff;
      color: #1f2328; font: 0.875rem/1.5 system-ui, sans-serif; }
    summary { padding: 0.375rem 0.75rem; cursor: pointer; font-weight: 600; }
    summary.wrong { color: #a40e26; }
    div { display: grid; gap: 0.5rem; padding: 0 0.75rem 0.75rem; }
    label { display: grid; gap: 0.125rem; }
    select, button { font: inherit; padding: 0.25rem; max-inline-size: 100%; }
  `);
  root.adoptedStyleSheets = [sheet];
  const details = root.appendChild(document.createElement('details'));
  const summary = details.appendChild(document.createElement('summary'));
  const box = details.appendChild(document.createElement('div'));
  const showSummary = () => {
    const wrong = ['endpoint', 'backend'].filter((side) => state[side] !== null);
    summary.textContent = wrong.length === 0 ? 'Faults: none' : `Faults: ${wrong.join(' and ')}`;
    summary.classList.toggle('wrong', wrong.length > 0);
  };
  for (const [side, faults] of Object.entries(state.faults)) {
    const label = box.appendChild(document.createElement('label'));
    const select = document.createElement('select');
    label.append(titles[side] ?? side, select);
    select.append(new Option('works', ''));
    for (const [name, words] of Object.entries(faults)) select.append(new Option(words, name));
    select.name = side;
    select.value = (state[side] as string | null) ?? '';
    select.addEventListener('change', () => {
      state[side] = select.value || null;
      const body = JSON.stringify({ [side]: state[side] });
      void fetch(address, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
      showSummary();
    });
  }
  const button = box.appendChild(document.createElement('button'));
  button.textContent = 'Refresh the widgets';
  button.addEventListener('click', () => {
    for (const widget of document.querySelectorAll('bc-customer-widget')) {
      void (widget as unknown as { refresh: () => Promise<void> }).refresh();
    }
  });
  showSummary();
}
