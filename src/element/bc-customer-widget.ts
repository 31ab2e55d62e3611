// The element: attributes in, one session, six states out.
import {
  html,
  LitElement,
  nothing,
  unsafeCSS as asStyles,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import {
  allowBackends,
  assertOptions,
  createCustomerSession,
  openLive,
  readCustomerData,
  type CustomerDataOptions,
  type CustomerRequest,
  type CustomerSession,
  type CustomerSnapshot,
  type CustomerState,
  type CustomerWidgetError,
  type TokenSource,
  type Transport,
} from '../client/index.js';
import { version } from '../version.js';
import { announce } from './events.js';
import { textAttributes, wordsOf } from './messages.js';
import { loadSettled, loadView, type View } from './parts.js';
import type { Preview } from './preview.js';
import {
  declarations,
  defaults,
  sessionDefaults,
  sessionOptions,
  type SessionOptions,
} from './properties.js';
import { renderShell } from './shell.js';
import { styles } from './styles.js';

/** Shows the data by code, in the element's shadow root: `(data, { html }) => html`<b>${data.points}</b>``. */
export type Renderer = (
  data: Record<string, unknown>,
  context: { html: typeof html; element: BcCustomerWidget },
) => TemplateResult;

/**
 * Shows a signed-in BigCommerce shopper their own data from the merchant's backend.
 *
 * @example
 * <bc-customer-widget app-client-id="abc123" backend-url="https://api.example.com/rewards" heading="Your rewards">
 * </bc-customer-widget>
 *
 * @attr {'card' | 'plain'} variant - `plain` has no box of its own.
 * @attr {'soft' | 'square' | 'round'} corner
 * @attr {'comfortable' | 'compact'} density
 * @attr {'idle' | 'loading' | 'ready' | 'empty' | 'guest' | 'error'} state - (read-only)
 * @attr {string} empty-text - Words for a state; so are loading-, loaded-, guest-, error-, expired-, forbidden-, retry-
 *   and stale-text.
 * @attr {string} done-text - Read out when an action has ended well.
 * @attr {string} failed-text - Words for an action that failed.
 * @attr {string} confirm-text - The button that says yes to an action's question.
 * @attr {string} cancel-text - The button that says no.
 * @slot content - Filled by the element itself, with what a template shows.
 * @slot loading - Instead of the skeleton.
 * @slot guest - Instead of the words for guests; shown to them even without guest="message".
 * @slot empty - Instead of the words for a customer without data.
 * @slot error - Instead of the words for a failure.
 * @fires {CustomEvent} bc-customer-load - Data arrived, or there is none (`data` is `null`).
 * @fires {CustomEvent} bc-customer-guest - Nobody is signed in.
 * @fires {CustomEvent} bc-customer-error - The load failed; `detail.error` is a CustomerWidgetError.
 * @fires {CustomEvent} bc-customer-change - The shopper is another one than the page or the last load was for.
 * @fires {CustomEvent} bc-customer-action - An action has ended; `detail.error` says whether it failed.
 * @csspart card - The box around everything.
 * @csspart heading
 * @csspart text
 * @csspart facts
 * @csspart fact
 * @csspart fact-label
 * @csspart fact-value
 * @csspart items
 * @csspart item
 * @csspart item-image
 * @csspart item-link
 * @csspart item-title
 * @csspart item-text
 * @csspart item-meta
 * @csspart actions
 * @csspart action
 * @csspart message - The words for guests, empty data and failures.
 * @csspart notice - How an action went.
 * @csspart retry
 * @csspart as-of - When the data that is shown beside a failure came.
 * @csspart sign-in
 * @csspart preview - The label of sample data in Page Builder's editor.
 * @csspart skeleton
 * @csspart dialog - The question before an action.
 * @csspart dialog-text
 * @csspart dialog-buttons
 * @csspart dialog-button
 * @cssproperty [--bcw-min-block-size=16rem] - Height that is kept from the first moment on, so that nothing moves.
 * @cssproperty --bcw-color-text
 * @cssproperty --bcw-color-muted
 * @cssproperty --bcw-color-surface
 * @cssproperty --bcw-color-border
 * @cssproperty --bcw-color-accent
 * @cssproperty [--bcw-font=inherit]
 * @cssproperty [--bcw-radius=0.75rem]
 * @cssproperty [--bcw-space=1rem]
 */
export class BcCustomerWidget extends LitElement {
  static readonly version: string = version;

  // Lit's `css` would check values that are not there.
  static override styles = asStyles(styles);

  static override properties = declarations;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...textAttributes];
  }

  /**
   * Pins the origins that tokens may go to, for the whole page and for good. Call it once, where the module is loaded.
   *
   * @throws {CustomerWidgetError} when it has been called before
   * @example
   * BcCustomerWidget.allowBackends(['https://api.example.com']);
   */
  static readonly allowBackends = allowBackends;

  /** Public client ID of an app-level API account. */
  declare appClientId: string;
  /** Your backend: `https:` or root-relative; `http:` on localhost only. */
  declare backendUrl: string;
  /** The storefront's token endpoint. @default '/customer/current.jwt' */
  declare tokenUrl: string | null;
  /** When to load: at once, near the viewport, or only by `refresh()`. @default 'eager' */
  declare loading: 'eager' | 'lazy' | 'manual';
  /** The customer that the page was rendered for, `{{customer.id}}` in a theme. */
  declare customerId: number | null;
  declare heading: string | null;
  /** 1 to 6. @default 2 */
  declare headingLevel: number;
  /** What guests see. @default 'hide' */
  declare guest: 'hide' | 'message';
  /** Milliseconds for each of the two requests. @default 10000 */
  declare timeout: number;
  /** Reports each load on the console: its steps, times, sizes and codes, and no data. */
  declare debug: boolean;
  /** Sample data instead of any request, for Page Builder's editor. */
  declare preview: boolean;
  /** A CSS colour for links, buttons and the focus; what is none is ignored. */
  declare accent: string | null;
  /** With it, the message for guests has a link to sign in. */
  declare signInText: string | null;
  /** Where that link leads. @default the storefront's sign-in page, and back here */
  declare signInUrl: string | null;
  /** Replaces the storefront's endpoint: a function that resolves with a token, or `null` for a guest. */
  declare tokenSource: TokenSource | null;
  /** How the token travels to the backend. @default 'bearer' */
  declare transport: Transport | null;
  /** Name of the header, field or parameter that carries it. */
  declare transportName: string | null;
  /** Seconds after which visible data is loaded again. */
  declare refreshAfter: number | null;
  /** `wss:` address that pushes new data. */
  declare liveUrl: string | null;
  /** BCP 47 tag for numbers and dates. @default the language of the element's place */
  declare locale: string | null;
  /** ISO 4217 code for money. */
  declare currency: string | null;
  /** Replaces the built-in card by code. */
  declare renderer: Renderer | null;

  #session: CustomerSession | undefined;
  #settled: typeof import('./settled/index.js') | undefined;
  #unwatch: (() => void) | undefined;
  #preview: Preview | undefined;
  #restoreFocus: (() => void) | undefined;
  #view: View | undefined;
  #isServerRendered = false;

  constructor() {
    super();
    Object.assign(this, defaults);
  }

  get state(): CustomerState {
    return this.#snapshot.state;
  }

  /** What the backend sent, while it may be shown. */
  get data(): Record<string, unknown> | undefined {
    return this.#snapshot.data;
  }

  get error(): CustomerWidgetError | undefined {
    return this.#snapshot.error;
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    // The texts have no properties: they are read when they are shown.
    if (textAttributes.includes(name)) this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Back on the page after a removal: `willUpdate` starts again.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move within the page disconnects too, and connects again before this runs.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    this.#isServerRendered = Boolean(this.shadowRoot);
    // Without Lit's hydration, what a server has rendered would stay beside what is rendered here.
    if (!('litElementHydrateSupport' in globalThis)) this.shadowRoot?.replaceChildren();
    return super.createRenderRoot();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Nor is it connected on a server: rendering there asks for nothing. What came from there is first rendered alike.
    if (!this.isConnected || this.#isServerRendered) return;
    this.#restoreFocus = this.#settled?.rememberFocus(this);
    const isOutdated =
      Object.keys(sessionDefaults).some((name) => changed.has(name as keyof BcCustomerWidget)) ||
      (changed.has('loading') && this.state === 'idle');
    if (isOutdated || !(this.preview || this.#session)) this.#start();
  }

  protected override updated(): void {
    this.setAttribute('state', this.state);
    this.#restoreFocus?.();
    if (this.#isServerRendered) this.requestUpdate();
    this.#isServerRendered = false;
    this.#settled?.setAccent(this);
  }

  /** Loads again with a fresh token. Resolves when this run has ended, however it did. */
  async refresh(): Promise<void> {
    if (!this.#session) await this.updateComplete;
    await this.#session?.refresh();
    await this.updateComplete;
  }

  /** Takes the data off the page and aborts what is under way, until the next `refresh()`. */
  clear(): void {
    this.#session?.clear();
  }

  /**
   * Fetches from the backend with a fresh token, once, for the customer whose data is shown. `path` is relative to
   * `backend-url` and stays on its origin. Resolves with the answer, whatever its status.
   *
   * @throws {CustomerWidgetError} `unauthorized` when that customer is not signed in, and all that a load throws
   * before there is an answer.
   * @example
   * const response = await element.customerFetch('rewards/history?page=2');
   */
  async customerFetch(path?: string, request?: CustomerRequest): Promise<Response> {
    await this.updateComplete;
    // Without a session there are no options that could be right.
    return (this.#session ?? createCustomerSession(sessionOptions(this))).fetch(path, request);
  }

  get #snapshot(): CustomerSnapshot {
    return this.#preview?.snapshot ?? this.#session?.snapshot ?? { state: 'idle' };
  }

  #start(): void {
    this.#stop();
    this.#preview = undefined;
    const options = sessionOptions(this);
    if (this.preview) {
      void this.#startPreview(options);
      return;
    }
    let parts: Promise<void> | undefined;
    const session: CustomerSession = createCustomerSession({
      ...options,
      view: () => {
        parts ??= this.#loadParts(session, options);
        // The next load tries again.
        parts.catch(() => (parts = undefined));
        return parts;
      },
    });
    this.#session = session;
    session.subscribe((snapshot, previous) => {
      this.#onChange(snapshot, previous);
    });
    if (this.debug)
      void import('./debug.js').then((part) => {
        part.reportLoads(this, session);
      });
    if (this.loading !== 'lazy' && this.loading !== 'manual') void session.refresh();
    else void this.#startLater(session, options);
  }

  async #startLater(session: CustomerSession, options: CustomerDataOptions): Promise<void> {
    const load = () => void session.refresh();
    // Wrong attributes are reported at once, however long the load itself may wait.
    const isWrong = await assertOptions(options).catch(() => true);
    const near =
      !isWrong && this.loading === 'lazy' && (await import('./near-viewport.js').catch(() => undefined));
    if (session !== this.#session) return;
    if (near) this.#unwatch = near.whenNear(this, load);
    else if (isWrong || near === undefined) load();
  }

  async #startPreview(options: CustomerDataOptions): Promise<void> {
    const preview = import('./preview.js').then((part) =>
      part.createPreview(html, options, assertOptions(options)),
    );
    await Promise.all([preview, this.#loadSettled(), this.#prepareView()]);
    if (this.preview) this.#preview = await preview;
    this.requestUpdate();
  }

  #stop(): void {
    this.#unwatch?.();
    this.#session?.clear();
    this.#unwatch = this.#session = undefined;
  }

  #onChange(snapshot: CustomerSnapshot, previous: CustomerSnapshot): void {
    this.requestUpdate();
    // After the rendering, so that a listener finds the page as the event says. Only the newest run is heard.
    void this.updateComplete.then(() => {
      if (snapshot === this.#session?.snapshot) announce(this, snapshot, previous);
    });
  }

  /** The view comes beside the token: nobody waits for it longer than for the data. */
  async #prepareView(): Promise<void> {
    this.#view?.clear();
    this.#view = undefined;
    if (this.renderer) return;
    const view = await loadView({
      element: this,
      html,
      act: (request) => {
        if (this.#session) void this.#settled?.act(request, this, this.#session, readCustomerData);
      },
    });
    this.#view = view;
  }

  /** No data is shown without the watch that takes it away again. */
  async #loadParts(session: CustomerSession, options: SessionOptions): Promise<void> {
    const parts = Promise.all([this.#loadSettled(), this.#prepareView()]);
    const limit = new Promise<never>((_, reject) => setTimeout(reject, this.timeout));
    // The page may be put away before the watch has come: what is under way belongs to who was here then.
    let wasPutAway = false as boolean;
    const putAway = () => {
      wasPutAway = true;
      session.clear();
    };
    addEventListener('pagehide', putAway);
    const [{ watchPage }] = await Promise.race([parts, limit]).finally(() => {
      removeEventListener('pagehide', putAway);
    });
    if (session !== this.#session) return;
    this.#unwatch = watchPage(session, { ...options, openLive });
    if (wasPutAway) void session.refresh();
  }

  async #loadSettled(): Promise<typeof import('./settled/index.js')> {
    return (this.#settled = await loadSettled());
  }

  protected override render(): TemplateResult {
    const snapshot = this.#snapshot;
    const { state, data, error } = snapshot;
    const { heading, content } = this.#show(data);
    const isUnseenGuest =
      state === 'guest' && this.guest !== 'message' && !this.querySelector(':scope > [slot=guest]');
    const isHidden =
      isUnseenGuest || (state === 'idle' && this.loading === 'manual') || error?.code === 'misconfigured';
    const isWaiting = !data && (state === 'idle' || state === 'loading');
    const heard = isWaiting ? 'loading' : state === 'ready' ? 'loaded' : undefined;
    // Without its part, a failure still has words.
    const outcome = this.#settled?.renderOutcome({ html, nothing }, this, snapshot) ?? {
      messages: state === 'error' ? wordsOf(this, 'error') : nothing,
    };
    return renderShell({
      isHidden,
      isWaiting,
      isBusy: state === 'loading',
      heading: this.heading ?? heading ?? '',
      headingLevel: this.headingLevel,
      content,
      heard: heard && wordsOf(this, heard),
      outcome: isHidden ? {} : outcome,
      note: this.#preview?.note,
    });
  }

  #show(data: Record<string, unknown> | undefined): ReturnType<View['show']> {
    if (!data || this.renderer) this.#view?.clear();
    if (!data) return {};
    if (!this.renderer) return this.#view?.show(data) ?? {};
    try {
      return { content: this.renderer(data, { html, element: this }) };
    } catch (failure) {
      console.error('<bc-customer-widget> The renderer failed.', failure);
      return { content: wordsOf(this, 'error') };
    }
  }
}
