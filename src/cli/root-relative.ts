/** Whether an address is one on the storefront itself. Browsers take `//host` and `/\host` for another host. */
export const isRootRelative = (address: string): boolean => /^\/(?![/\\])/.test(address);
