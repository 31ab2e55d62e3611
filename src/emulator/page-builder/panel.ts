// What runs in the browser on the local Page Builder's page. It is sent as the source of this one function.
import type { WidgetSetting } from '../../page-builder/index.js';
import type { PanelData } from './panel-page.js';

type Control = HTMLInputElement | HTMLSelectElement;

/** Builds the panel from the schema and renders the widget anew on each change, as the editor does. */
export function runPanel(): void {
  const find = (selector: string) => document.querySelector(selector) as unknown;
  const data = JSON.parse((find('#data') as HTMLElement).textContent) as PanelData;
  const view = find('#view') as HTMLFormElement;
  const settings = find('#settings') as HTMLFormElement;
  const tabs = find('[role=tablist]') as HTMLElement;
  const frame = find('#frame') as HTMLIFrameElement;
  const problem = find('#problem') as HTMLElement;
  let configuration = { ...data.defaults } as Record<string, string>;
  let openTab = 0;
  let newestChange = 0;

  const chosen = (name: string) => (view.elements.namedItem(name) as HTMLSelectElement).value;
  const draft = () => ({
    region: chosen('region'),
    isEditorMode: chosen('as') === 'editor',
    configuration,
  });
  const words = (label = '') => {
    const found = data.translations[label];
    return found?.[chosen('language')] ?? found?.default ?? label;
  };

  function element<Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    properties: Partial<HTMLElementTagNameMap[Name]>,
    ...children: (Node | string)[]
  ): HTMLElementTagNameMap[Name] {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function fillSelect(name: string, options: [value: string, text: string][]): void {
    const select = view.elements.namedItem(name) as HTMLSelectElement;
    select.replaceChildren(
      ...options.map(([value, textContent]) => element('option', { value, textContent })),
    );
  }

  function fillRegions(): void {
    const page = data.pages.find(({ path }) => path === chosen('page'));
    fillSelect('region', page?.regions.map((region) => [region, region]) ?? []);
  }

  /** The controls of the open tab, in the panel's language. */
  function showSettings(): void {
    const all = data.schema.filter((one) => one.type === 'tab');
    tabs.replaceChildren(
      ...all.map((tab, index) => {
        const button = element('button', { type: 'button', textContent: words(tab.label) });
        button.role = 'tab';
        button.ariaSelected = String(index === openTab);
        button.onclick = () => {
          openTab = index;
          showSettings();
          (tabs.children[index] as HTMLElement).focus();
        };
        return button;
      }),
    );
    const sections = all[openTab]?.sections ?? [];
    settings.replaceChildren(
      ...sections.map((section) => {
        const group = element('section', {});
        if (section.label) group.append(element('h2', { textContent: words(section.label) }));
        for (const setting of section.settings ?? []) group.append(controlFor(setting));
        return group;
      }),
    );
    showConditions();
  }

  function controlFor(setting: WidgetSetting): HTMLElement {
    const { id, type, label, typeMeta, conditional } = setting;
    const value = configuration[id] ?? '';
    let control: Control;
    if (type === 'select') {
      const options = typeMeta?.selectOptions ?? [];
      control = element(
        'select',
        { name: id },
        ...options.map((option) =>
          element('option', { value: option.value, textContent: words(option.label) }),
        ),
      );
      control.value = value;
    } else {
      const placeholder = typeMeta?.placeholder ?? '';
      control = element('input', { type: type === 'color' ? 'color' : 'text', name: id, value, placeholder });
    }
    const row = element('label', {}, words(label), control);
    if (conditional) {
      row.dataset.key = conditional.key;
      row.dataset.values = [conditional.value].flat().join('\n');
    }
    return row;
  }

  /** A condition hides the control. The value behind it stays, as on the platform. */
  function showConditions(): void {
    for (const row of settings.querySelectorAll<HTMLElement>('[data-key]')) {
      const value = configuration[row.dataset.key ?? ''] ?? '';
      row.hidden = !row.dataset.values?.split('\n').includes(value);
    }
  }

  /** Renders the widget on the server and shows its HTML in the panel; undefined for a fault, or an older change. */
  async function renderWidget(): Promise<string | undefined> {
    const change = ++newestChange;
    const response = await fetch('/page-builder/render', { method: 'POST', body: JSON.stringify(draft()) });
    const { html, message } = (await response.json()) as { html?: string; message?: string };
    if (change !== newestChange) return undefined;
    problem.hidden = response.ok;
    problem.textContent = message ?? '';
    (find('#source') as HTMLElement).textContent = html ?? '';
    return html;
  }

  /** Puts a newly rendered widget in the place of the one before, scripts made anew: as widget-builder does. */
  async function swapWidget(): Promise<void> {
    const html = await renderWidget();
    const page = frame.contentDocument;
    const before = page?.querySelector(`[data-widget-id="${data.widgetId}"]`);
    if (!html || !page || !before) return;
    const holder = page.createElement('div');
    // The developer's own template, on their own machine; the real editor parses it the same way.
    holder.innerHTML = html.trim();
    const widget = holder.firstElementChild;
    if (!widget) return;
    before.replaceWith(widget);
    for (const script of widget.querySelectorAll('script')) {
      const copy = page.createElement('script');
      for (const { name, value } of script.attributes) copy.setAttribute(name, value);
      copy.textContent = script.textContent;
      widget.insertBefore(copy, script);
      script.remove();
    }
  }

  /** Loads the page anew, as the shopper who is to see it. */
  async function loadPage(): Promise<void> {
    const customer = data.customers.find(({ email }) => email === chosen('as'));
    if (customer) {
      const body = new URLSearchParams({ login_email: customer.email, login_pass: customer.password });
      await fetch('/login.php?action=check_login', { method: 'POST', body });
    } else {
      await fetch('/login.php?action=logout');
    }
    const query = new URLSearchParams({ path: chosen('page'), draft: JSON.stringify(draft()) });
    frame.src = `/page-builder/frame?${query.toString()}`;
    await renderWidget();
  }

  fillSelect('as', [
    ['editor', 'Editor'],
    ['guest', 'Storefront, as a guest'],
    ...data.customers.map(({ name, email }): [string, string] => [email, `Storefront, as ${name}`]),
  ]);
  fillSelect(
    'page',
    data.pages.map(({ name, path }): [string, string] => [path, name]),
  );
  const languages = new Set(Object.values(data.translations).flatMap((found) => Object.keys(found)));
  fillSelect(
    'language',
    [...languages]
      .filter((one) => one !== 'default')
      .map((one): [string, string] => [
        one,
        new Intl.DisplayNames([one], { type: 'language' }).of(one) ?? one,
      ]),
  );
  fillRegions();
  showSettings();
  void loadPage();

  settings.addEventListener('input', ({ target }) => {
    const { name, value } = target as Control;
    configuration[name] = value;
    showConditions();
    void swapWidget();
  });
  settings.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  view.addEventListener('change', ({ target }) => {
    const { name } = target as Control;
    if (name === 'language') {
      showSettings();
      return;
    }
    if (name === 'page') fillRegions();
    void loadPage();
  });
  const setAll = (values: Record<string, unknown>) => {
    configuration = values as Record<string, string>;
    showSettings();
    void swapWidget();
  };
  (find('#sample') as HTMLElement).onclick = () => {
    setAll({ ...configuration, ...data.sample });
  };
  (find('#reset') as HTMLElement).onclick = () => {
    setAll({ ...data.defaults });
  };
}
