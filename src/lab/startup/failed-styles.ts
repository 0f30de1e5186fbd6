/**
 * Style sheets of late parts that could not be fetched. Vite asks for each once and takes one that
 * failed for loaded: the second attempt would show its part without styles.
 */
const failed = new Set<string>();

/** Notes which style sheets fail from now on. */
export function noteFailedStyles(): void {
  const note = ({ target }: Event): void => {
    if (!(target instanceof HTMLLinkElement) || target.rel !== "stylesheet") return;
    failed.add(target.href);
    target.remove();
  };
  // Errors of files do not bubble.
  window.addEventListener("error", note, { capture: true });
}

/**
 * Fetches again what has failed.
 *
 * @param needed the message of a part's failure, which names the sheet that the part lacks
 * @throws Error where that one fails again; the others are of other parts
 */
export async function fetchFailedStyles(needed: string): Promise<void> {
  await Promise.all(
    [...failed].map((href) => {
      const fetched = fetchStyles(href);
      return needed.includes(href) ? fetched : fetched.catch(() => undefined);
    }),
  );
}

function fetchStyles(href: string): Promise<void> {
  failed.delete(href);
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => reject(new Error(`Unable to load ${href}`)));
    Object.assign(link, { rel: "stylesheet", crossOrigin: "", href });
    document.head.append(link);
  });
}
