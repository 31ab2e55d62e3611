// Starts the page watch, which is fetched beside the token. No data is shown without it.
import { CustomerWidgetError, type CustomerSession } from '../client/index.js';
import type { WatchSettings } from './page-watch.js';

export interface Watch {
  /** Settles when the watch is on. */
  ready: Promise<void>;
  stop: () => void;
}

export function startWatch(session: CustomerSession, settings: WatchSettings): Watch {
  let isOver = false;
  let stop: (() => void) | undefined;
  // The page may be put away before the watch has come: what is under way belongs to who was here then.
  let wasPutAway = false;
  const putAway = () => {
    wasPutAway = session.snapshot.state !== 'idle';
    session.clear();
  };
  addEventListener('pagehide', putAway);
  const ready = import('./page-watch.js')
    .finally(() => {
      removeEventListener('pagehide', putAway);
    })
    .then(
      ({ watchPage }) => {
        if (isOver) return;
        stop = watchPage(session, settings);
        if (wasPutAway) void session.refresh();
      },
      (cause: unknown) => {
        const message = 'The page watch could not be loaded: all files of the bundle belong side by side.';
        throw new CustomerWidgetError('network', message, { cause });
      },
    );
  // Told by the load that waits for it.
  ready.catch(() => undefined);
  return {
    ready,
    stop() {
      isOver = true;
      stop?.();
    },
  };
}
