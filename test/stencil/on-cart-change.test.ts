import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import { onCartChange } from '../../src/stencil/index.js';

describe('onCartChange', () => {
  let listeners: [string, () => void][];
  const emit = (hook: string) => {
    for (const [name, listener] of [...listeners]) if (name === hook) listener();
  };

  beforeEach(() => {
    listeners = [];
    // The theme's copy, as its bundle leaves it on the page.
    window.stencilUtils = {
      hooks: {
        on: (name: string, listener: () => void) => listeners.push([name, listener]),
        off: (name: string, listener: () => void) => {
          listeners = listeners.filter(([other, one]) => other !== name || one !== listener);
        },
      },
    } as unknown as StencilUtils;
  });
  afterEach(() => {
    sinon.restore();
    delete window.stencilUtils;
  });

  for (const hook of ['cart-item-add-remote', 'cart-item-update-remote', 'cart-item-remove-remote']) {
    it(`calls back after ${hook}, until it is aborted`, async () => {
      const callback = sinon.fake();
      const controller = new AbortController();
      await onCartChange(callback, controller.signal);
      emit(hook);
      emit(hook);
      emit('cart-item-add');
      await Promise.resolve();
      expect(callback.callCount).to.equal(2);
      expect(callback.args).to.deep.equal([[], []]);
      controller.abort();
      emit(hook);
      await Promise.resolve();
      expect(callback.callCount).to.equal(2);
      expect(listeners).to.deep.equal([]);
    });
  }

  it('waits for the page, so that a bundle that comes late is heard', async () => {
    const theme = window.stencilUtils!;
    delete window.stencilUtils;
    sinon.stub(document, 'readyState').value('interactive');
    const callback = sinon.fake();
    const listening = onCartChange(callback, new AbortController().signal);
    window.stencilUtils = theme;
    window.dispatchEvent(new Event('load'));
    await listening;
    emit('cart-item-add-remote');
    await Promise.resolve();
    expect(callback.callCount).to.equal(1);
  });

  it('does nothing in a theme without stencil-utils, or when it was aborted before', async () => {
    const callback = sinon.fake();
    await onCartChange(callback, AbortSignal.abort());
    expect(listeners).to.deep.equal([]);
    delete window.stencilUtils;
    await onCartChange(callback, new AbortController().signal);
    expect(callback.called).to.equal(false);
  });
});
