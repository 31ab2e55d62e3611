// The element without a framework, to measure against.
import 'bc-customer-widget';
import type { Mount } from './contract.js';

export const mount: Mount = (target, props) => {
  const element = document.createElement('bc-customer-widget');
  const update = ({ heading, backendUrl, tokenSource, template, isShown = true }: Partial<typeof props>) => {
    if (template) element.insertAdjacentHTML('beforeend', `<template>${template}</template>`);
    if (heading !== undefined) element.heading = heading;
    if (backendUrl !== undefined) element.backendUrl = backendUrl;
    if (tokenSource) element.tokenSource = tokenSource;
    if (isShown) target.append(element);
    else element.remove();
  };
  Object.assign(element, { appClientId: 'abc123', headingLevel: 3, customerId: 1, timeout: props.timeout });
  element.setAttribute('variant', 'plain');
  element.innerHTML = '<p slot="empty"></p>';
  element.addEventListener('bc-customer-load', props.onLoad);
  element.addEventListener('bc-customer-guest', props.onGuest);
  update(props);
  return {
    update(change) {
      update({ isShown: element.isConnected, ...change });
      element.firstElementChild!.textContent = `Nothing under ${element.heading ?? ''}`;
    },
    unmount: () => {
      element.remove();
    },
  };
};
