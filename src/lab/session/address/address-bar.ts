/** The browser's address bar, as much of it as the session needs. */

export interface AddressBar {
  /** The part from `#` on, with it; empty where there is none. */
  hash(): string;
  /** Shows another hash as a step in the history. */
  push(hash: string): void;
  /** Shows another hash without a step in the history. */
  replace(hash: string): void;
  /** The whole address with this hash, for copying. */
  url(hash: string): string;
  /**
   * Calls back when the visitor, Back, Forward or a link changes the hash; `push` and `replace` do
   * not.
   */
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
  let shown = window.location.search;
  function replaceQuery(query: string): void {
    const { pathname, hash } = window.location;
    window.history.replaceState(window.history.state, "", `${pathname}${query}${hash}`);
    shown = query;
  }
  // Back and Forward change the experiment, not how the page is shown.
  window.addEventListener("popstate", () => {
    if (window.location.search !== shown) replaceQuery(shown);
  });
  return { query: () => window.location.search, replaceQuery };
}

export function browserAddressBar(window: Window): AddressBar {
  let known = window.location.hash;
  const shown = (): void => {
    known = window.location.hash;
  };
  return {
    hash: () => window.location.hash,
    push(hash) {
      window.history.pushState(window.history.state, "", hash);
      shown();
    },
    replace(hash) {
      window.history.replaceState(window.history.state, "", hash);
      shown();
    },
    url: (hash) => new URL(hash, window.location.href).href,
    onChange(listener) {
      // Where the query differs, too, Chromium has no hashchange for Back; for the rest it has both.
      for (const type of ["popstate", "hashchange"] as const) {
        window.addEventListener(type, () => {
          if (window.location.hash === known) return;
          shown();
          listener();
        });
      }
    },
  };
}
