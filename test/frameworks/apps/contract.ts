// What the tests ask of each app, whatever it is written in.
import type { CustomerWidgetEventMap, TokenSource } from 'bc-customer-widget';

export interface AppProps {
  heading: string;
  backendUrl: string;
  tokenSource: TokenSource;
  /** In milliseconds. */
  timeout: number;
  isShown: boolean;
  /** What is in a `<template>`; none without it. */
  template?: string;
  onLoad: (event: CustomerWidgetEventMap['bc-customer-load']) => void;
  onGuest: (event: CustomerWidgetEventMap['bc-customer-guest']) => void;
}

export interface MountedApp {
  update: (change: Partial<AppProps>) => void;
  unmount: () => void;
}

export type Mount = (target: HTMLElement, props: AppProps) => MountedApp;
