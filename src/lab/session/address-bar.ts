/** The browser's address bar, as much of it as the session needs. */

export interface AddressBar {
  /** The part from `#` on, with it; empty where there is none. */
  hash(): string;
  /** Shows another hash without a step in the history. */
  replace(hash: string): void;
  /** The whole address with this hash, for copying. */
  url(hash: string): string;
  /** Calls back when the visitor or a link changes the hash; `replace` does not. */
  onChange(listener: () => void): void;
}

/** The part from `?` to `#`, which says how the page is shown. */
export interface QueryBar {
  /** With its `?`; empty where there is none. */
  query(): string;
  /** Shows another query, and the same hash, without a step in the history. */
  replaceQuery(query: string): void;
}

export function browserQueryBar(window: Window): QueryBar {
  return {
    query: () => window.location.search,
    replaceQuery: (query) => {
      const { pathname, hash } = window.location;
      window.history.replaceState(window.history.state, "", `${pathname}${query}${hash}`);
    },
  };
}

export function browserAddressBar(window: Window): AddressBar {
  return {
    hash: () => window.location.hash,
    replace: (hash) => window.history.replaceState(window.history.state, "", hash),
    url: (hash) => new URL(hash, window.location.href).href,
    onChange: (listener) => window.addEventListener("hashchange", listener),
  };
}
