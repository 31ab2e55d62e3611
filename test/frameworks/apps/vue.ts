import { createApp, h, nextTick, shallowReactive } from 'vue';
import App from './App.vue';
import type { Mount } from './contract.js';

export const mount: Mount = (target, props) => {
  const state = shallowReactive({ ...props });
  const app = createApp({ render: () => h(App, { ...state }) });
  app.mount(target);
  return {
    update(change) {
      Object.assign(state, change);
      void nextTick();
    },
    unmount: () => {
      app.unmount();
    },
  };
};
