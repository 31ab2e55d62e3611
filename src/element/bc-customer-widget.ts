// The element: attributes in, one session, six states out.
import { html, LitElement, unsafeCSS as asStyles, type PropertyValues, type TemplateResult } from 'lit';
import {
  allowBackends,
  checkOptions,
  createCustomerSession,
  type CustomerSession,
  type CustomerSessionOptions,
  type CustomerSnapshot,
  type CustomerState,
  type CustomerWidgetError,
  type TokenSource,
  type Transport,
} from '../client/index.js';
import { version } from '../version.js';
import { dispatch } from './events.js';
import { rememberFocus } from './focus.js';
import type { Region } from './format.js';
import { errorKey, textAttributes, wordsOf } from './messages.js';
import { loadActions, loadView, type ActionRequest, type View } from './parts.js';
import { safeLink } from './safe-url.js';
import { renderShell } from './shell.js';
import { styles } from './styles.js';
import { startWatch, type Watch } from './watch.js';

/** A change of one of these means another shopper, another backend or another way to ask: start over. */
const SESSION_PROPERTIES = [
  'appClientId',
  'backendUrl',
  'tokenUrl',
  'tokenSource',
  'timeout',
  'customerId',
  'transport',
  'transportName',
  'refreshAfter',
  'liveUrl',
] as const;

const DEFAULT_TIMEOUT = 10_000;

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
 * @attr {string} empty-text - Words for a state; so are loading-, loaded-, guest-, error-, expired-, forbidden- and retry-text,
 *   and for actions done-, failed-, confirm- and cancel-text.
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
 * @csspart dialog - The question before an action; in it dialog-text, dialog-buttons and dialog-button.
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

  static override properties = {
    appClientId: { attribute: 'app-client-id' },
    backendUrl: { attribute: 'backend-url' },
    tokenUrl: { attribute: 'token-url' },
    loading: {},
    customerId: { attribute: 'customer-id', type: Number },
    heading: {},
    headingLevel: { attribute: 'heading-level', type: Number },
    guest: {},
    preview: { type: Boolean },
    accent: {},
    signInText: { attribute: 'sign-in-text' },
    signInUrl: { attribute: 'sign-in-url' },
    locale: {},
    currency: {},
    timeout: { converter: (value: string | null) => (value === null ? DEFAULT_TIMEOUT : Number(value)) },
    tokenSource: { attribute: false },
    transport: {},
    transportName: { attribute: 'transport-name' },
    refreshAfter: { attribute: 'refresh-after', type: Number },
    liveUrl: { attribute: 'live-url' },
    renderer: { attribute: false },
  };

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
  #watch: Watch | undefined;
  #nearViewport: IntersectionObserver | undefined;
  #preview: typeof import('./preview.js') | undefined;
  #restoreFocus: (() => void) | undefined;
  #view: View | undefined;
  #hasPartFailed = false;

  #isServerRendered = false;

  constructor() {
    super();
    this.appClientId = '';
    this.backendUrl = '';
    this.tokenUrl = null;
    this.loading = 'eager';
    this.customerId = null;
    this.heading = null;
    this.headingLevel = 2;
    this.guest = 'hide';
    this.timeout = DEFAULT_TIMEOUT;
    this.preview = false;
    this.accent = null;
    this.signInText = null;
    this.signInUrl = null;
    this.tokenSource = null;
    this.transport = null;
    this.transportName = null;
    this.refreshAfter = null;
    this.liveUrl = null;
    this.locale = null;
    this.currency = null;
    this.renderer = null;
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
    this.#restoreFocus = rememberFocus(this);
    const isOutdated =
      SESSION_PROPERTIES.some((property) => changed.has(property)) ||
      (changed.has('loading') && this.state === 'idle');
    if (isOutdated || !(this.preview || this.#session)) this.#start();
  }

  protected override updated(): void {
    this.setAttribute('state', this.state);
    this.#restoreFocus?.();
    if (this.#isServerRendered) this.requestUpdate();
    this.#isServerRendered = false;
    // Set on the object, not written into markup: a strict style-src allows that.
    const accent = this.accent && CSS.supports('color', this.accent) ? this.accent : '';
    this.renderRoot.querySelector('section')?.style.setProperty('--_accent', accent);
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

  get #snapshot(): CustomerSnapshot {
    if (this.preview && this.#preview) return this.#preview.previewSnapshot;
    return this.#session?.snapshot ?? { state: 'idle' };
  }

  #start(): void {
    this.#stop();
    if (this.preview) {
      void this.#startPreview();
      return;
    }
    const options = this.#options();
    const session = (this.#session = createCustomerSession(options));
    this.#watch = startWatch(session, {
      ...options,
      refreshAfter: this.refreshAfter ?? undefined,
      liveUrl: this.liveUrl ?? undefined,
    });
    options.view = Promise.all([this.#watch.ready, this.#prepareView()]);
    session.subscribe((snapshot, previous) => {
      this.#onChange(snapshot, previous);
    });
    // Wrong attributes are reported at once, however long the load itself may wait.
    if (this.loading === 'lazy' && !checkOptions(options)) this.#loadNearViewport();
    else if (this.loading !== 'manual' || checkOptions(options)) void session.refresh();
  }

  async #startPreview(): Promise<void> {
    // It counts as ready when it can be shown, and not before.
    [this.#preview] = await Promise.all([import('./preview.js'), this.#prepareView()]);
    this.requestUpdate();
  }

  #stop(): void {
    this.#nearViewport?.disconnect();
    this.#nearViewport = undefined;
    this.#watch?.stop();
    this.#session?.clear();
    this.#session = undefined;
  }

  #options(): CustomerSessionOptions {
    const { appClientId, backendUrl, timeout, customerId } = this;
    return {
      appClientId,
      backendUrl,
      tokenUrl: this.tokenUrl ?? undefined,
      tokenSource: this.tokenSource ?? undefined,
      timeout,
      transport: this.transport ?? undefined,
      transportName: this.transportName ?? undefined,
      // `{{customer.id}}` outside a signed-in page is empty, which reads as 0.
      customerId: customerId !== null && customerId > 0 ? customerId : undefined,
    };
  }

  #loadNearViewport(): void {
    this.#nearViewport = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#nearViewport?.disconnect();
        void this.#session?.refresh();
      },
      { rootMargin: '256px' },
    );
    this.#nearViewport.observe(this);
  }

  #onChange(snapshot: CustomerSnapshot, previous: CustomerSnapshot): void {
    this.requestUpdate();
    // After the rendering, so that a listener finds the page as the event says. Only the newest run is heard.
    void this.updateComplete.then(() => {
      if (snapshot === this.#session?.snapshot) this.#announce(snapshot, previous);
    });
  }

  #announce({ state, data, error, customerId }: CustomerSnapshot, previous: CustomerSnapshot): void {
    const previousCustomerId = previous.customerId;
    if (state === 'loading' && previousCustomerId !== undefined && previousCustomerId !== customerId) {
      dispatch(this, 'bc-customer-change', { customerId, previousCustomerId });
    }
    if (state === 'ready' || state === 'empty')
      dispatch(this, 'bc-customer-load', { data: data ?? null, customerId });
    if (state === 'guest') dispatch(this, 'bc-customer-guest', null);
    if (state === 'error' && error) {
      console.error(`<bc-customer-widget> ${error.code}: ${error.message}`);
      dispatch(this, 'bc-customer-error', { error });
    }
  }

  /** The view comes beside the token: nobody waits for it longer than for the data. */
  async #prepareView(): Promise<void> {
    this.#view?.clear();
    this.#view = undefined;
    if (this.renderer) return;
    const view = await loadView({
      element: this,
      html,
      region: () => this.#region(),
      act: (request) => {
        this.#act(request);
      },
    });
    this.#view = view;
  }

  #act(request: ActionRequest): void {
    const session = this.#session;
    if (!session) return;
    loadActions().then(
      ({ runAction }) => runAction(request, this, session),
      (error: unknown) => {
        console.error('<bc-customer-widget> The part for actions could not be loaded.', error);
        this.#hasPartFailed = true;
        this.requestUpdate();
      },
    );
  }

  protected override render(): TemplateResult {
    const { state, data, error } = this.#snapshot;
    const { heading, content } = this.#show(data);
    const isGuest = state === 'guest';
    const isGuestSeen = isGuest && (this.guest === 'message' || this.querySelector(':scope > [slot=guest]'));
    return renderShell({
      state: this.#hasPartFailed ? 'error' : state,
      isHidden:
        (isGuest && !isGuestSeen) ||
        (state === 'idle' && this.loading === 'manual') ||
        error?.code === 'misconfigured',
      isWaiting: !data && (state === 'idle' || state === 'loading'),
      heading: this.heading ?? heading ?? '',
      headingLevel: this.headingLevel,
      content,
      preview: this.preview ? this.#preview?.previewNote(this.#options()) : undefined,
      words: (key) => wordsOf(this, key),
      error: (error && errorKey(error)) ?? 'error',
      dataFrom: this.#snapshot.dataFrom,
      signIn: isGuest && this.signInText ? { text: this.signInText, href: this.#signInHref() } : undefined,
      retry: () => {
        // The button is about to go; the card takes the focus, so that the keyboard stays here.
        this.renderRoot.querySelector('section')?.focus();
        void this.refresh();
      },
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

  #signInHref(): string {
    // The storefront takes the way back as a path without its first slash.
    const here = (location.pathname + location.search).slice(1);
    return safeLink(this.signInUrl) ?? `/login.php?from=${encodeURIComponent(here)}`;
  }

  #region(): Region {
    // The language of the place that the element stands in.
    const place = this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang;
    return { locale: this.locale ?? place, currency: this.currency };
  }
}
