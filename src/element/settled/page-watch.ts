// Sees to it that data does not outstay its owner: the back/forward cache, tabs that were left for a while, what
// other tabs have learned, data that grows old, and a live connection. One watch for all widgets of a page.
import type { CustomerDataOptions, CustomerSession, CustomerSnapshot, openLive } from '../../client/index.js';

export interface WatchSettings extends CustomerDataOptions {
  /** Seconds after which visible data is loaded again. */
  refreshAfter?: number | undefined;
  liveUrl?: string | undefined;
  openLive: typeof openLive;
}

interface Watched {
  session: CustomerSession;
  settings: WatchSettings;
  /** Widgets of the same one ask the same source who is signed in. */
  source: string;
  /** When the data was last settled, in milliseconds since 1970. */
  settledAt: number;
  timer?: ReturnType<typeof setTimeout> | undefined;
  live?: AbortController | undefined;
  /** The backend has refused a live connection: it is not asked again. */
  isLiveRefused?: boolean;
  /** Loaded when the page was put away, so to be loaded when it is back. */
  wasLoaded?: boolean;
}

/** What tabs tell each other. `null` is a guest. It may be forged by any script of the store: it leads to a check only. */
interface News {
  source: string;
  customerId: number | null;
}

/** A tab that was left for less than this, in milliseconds, is taken for never left. */
const PAUSE = 2000;

const watched = new Set<Watched>();
/** The last news of each source, wherever it came from. */
const known = new Map<string, number | null>();
/** Sources whose next news is an answer to another tab's: told again, two tabs could go on for ever. */
const answers = new Set<string>();
let channel: BroadcastChannel | undefined;
let listeners: AbortController | undefined;
let leftAt: number | undefined;

/** Watches over a session until the returned function is called. */
export function watchPage(session: CustomerSession, settings: WatchSettings): () => void {
  const { tokenSource, tokenUrl, appClientId } = settings;
  const source = tokenSource ? `own ${appClientId}` : (tokenUrl ?? '');
  const one: Watched = { session, settings, source, settledAt: 0 };
  if (watched.size === 0) listen();
  watched.add(one);
  const unsubscribe = session.subscribe((snapshot, previous) => {
    onChange(one, snapshot, previous);
  });
  return () => {
    unsubscribe();
    rest(one);
    watched.delete(one);
    if (watched.size === 0) stopListening();
  };
}

function listen(): void {
  listeners = new AbortController();
  const { signal } = listeners;
  addEventListener('pagehide', putAway, { signal });
  addEventListener('pageshow', bringBack, { signal });
  addEventListener('blur', leave, { signal });
  addEventListener('focus', comeBack, { signal });
  document.addEventListener('visibilitychange', leaveOrComeBack, { signal });
  openChannel();
}

function stopListening(): void {
  listeners?.abort();
  channel?.close();
  channel = undefined;
  known.clear();
  answers.clear();
}

function openChannel(): void {
  channel = new BroadcastChannel('bc-customer-widget');
  channel.onmessage = ({ data }: MessageEvent<News>) => {
    hear(data);
  };
}

/** The page goes into the back/forward cache, or away: it takes no data and no open channel along. */
function putAway(): void {
  channel?.close();
  for (const one of watched) {
    one.wasLoaded = one.session.snapshot.state !== 'idle';
    one.session.clear();
  }
}

function bringBack({ persisted }: PageTransitionEvent): void {
  if (!persisted) return;
  openChannel();
  for (const { session, wasLoaded } of watched) if (wasLoaded) void session.refresh();
}

function leaveOrComeBack(): void {
  if (document.hidden) leave();
  else comeBack();
}

function leave(): void {
  leftAt ??= Date.now();
  if (document.hidden) for (const one of watched) stopLive(one);
}

function comeBack(): void {
  const wasAway = leftAt !== undefined && Date.now() - leftAt > PAUSE;
  leftAt = undefined;
  for (const one of watched) {
    if (isDue(one)) void one.session.refresh();
    else if (wasAway) void one.session.check();
    startLive(one);
  }
}

function onChange(one: Watched, { state, customerId }: CustomerSnapshot, previous: CustomerSnapshot): void {
  const isLearned =
    state === 'ready' || state === 'empty' || (state === 'loading' && customerId !== previous.customerId);
  if (state === 'guest') learn(one, null);
  else if (isLearned && customerId !== undefined) learn(one, customerId);

  if (state === 'loading' && customerId === previous.customerId) return;
  if (state === 'ready' || state === 'empty') {
    clearTimeout(one.timer);
    one.settledAt = Date.now();
    wait(one);
    startLive(one);
  } else if (state === 'error') {
    wait(one);
    if (customerId === undefined) stopLive(one);
  } else rest(one);
}

/** One of this page's widgets has learned who is signed in. */
function learn(from: Watched, customerId: number | null): void {
  const { source } = from;
  const isAnswer = answers.delete(source);
  if (known.get(source) === customerId) return;
  known.set(source, customerId);
  if (!isAnswer) channel?.postMessage({ source, customerId } satisfies News);
  // Those that are loading learn it by themselves.
  for (const one of watched) if (one.session.snapshot.state !== 'loading') doubt(one, { source, customerId });
}

/** Another tab has learned it. */
function hear(news: News): void {
  if (known.get(news.source) === news.customerId) return;
  known.set(news.source, news.customerId);
  answers.add(news.source);
  for (const one of watched) doubt(one, news);
}

/** Wipes what is shown to, or loaded for, another customer, and finds out. */
function doubt({ session, source }: Watched, news: News): void {
  const { state, customerId, data } = session.snapshot;
  const shown = state === 'guest' ? null : customerId;
  const hasNothing = state === 'idle' || (state === 'error' && !data);
  if (source !== news.source || hasNothing || shown === news.customerId) return;
  session.clear();
  void session.refresh();
}

function isDue({ settings: { refreshAfter }, settledAt, session }: Watched): boolean {
  const isSettled = session.snapshot.state !== 'idle' && session.snapshot.state !== 'loading';
  return isSettled && settledAt > 0 && Date.now() - settledAt >= seconds(refreshAfter);
}

/** A widget asks at most once a second. */
function seconds(refreshAfter = Infinity): number {
  return refreshAfter > 0 ? Math.max(refreshAfter, 1) * 1000 : Infinity;
}

function wait(one: Watched): void {
  clearTimeout(one.timer);
  const milliseconds = seconds(one.settings.refreshAfter);
  if (milliseconds === Infinity) return;
  one.timer = setTimeout(() => {
    // Nobody looks: `comeBack` will see that it is due.
    if (!document.hidden) void one.session.refresh();
  }, milliseconds);
}

function rest(one: Watched): void {
  clearTimeout(one.timer);
  stopLive(one);
}

function startLive(one: Watched): void {
  const { session, settings } = one;
  const { liveUrl, openLive } = settings;
  const { state, customerId } = session.snapshot;
  const isShown = state === 'ready' || state === 'empty';
  if (!liveUrl || one.live || one.isLiveRefused || document.hidden || !isShown || customerId === undefined)
    return;
  one.live = new AbortController();
  const { signal } = one.live;
  openLive(
    { ...settings, liveUrl, customerId },
    {
      onData(data) {
        session.push(data, customerId);
      },
      onDoubt: () => void session.check(),
      onSignedOut(wasAccepted) {
        one.isLiveRefused = !wasAccepted;
        session.clear();
        void session.refresh();
      },
    },
    signal,
  ).catch((error: unknown) => {
    if (signal.aborted) return;
    one.isLiveRefused = true;
    console.error(`<bc-customer-widget> ${error instanceof Error ? error.message : 'Live updates failed.'}`);
  });
}

function stopLive(one: Watched): void {
  one.live?.abort();
  one.live = undefined;
}
