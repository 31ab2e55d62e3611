import { flushSync, mount as mountSvelte, unmount } from 'svelte';
import { writable } from 'svelte/store';
import App from './App.svelte';
import type { Mount } from './contract.js';

export const mount: Mount = (target, props) => {
  const store = writable(props);
  const app = mountSvelte(App, { target, props: { store } });
  flushSync();
  return {
    update(change) {
      store.update((before) => ({ ...before, ...change }));
      flushSync();
    },
    unmount: () => {
      void unmount(app);
    },
  };
};
