/** Work that can wait until the page has drawn what it opened with. */

/** Even a page that is never idle. */
const latestMs = 2000;

/** Resolves once the page has loaded and has nothing else to do. */
export async function whenIdle(): Promise<void> {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => {
      window.addEventListener("load", resolve, { once: true });
    });
  }
  await new Promise<void>((resolve) => {
    // Safari has no such thing.
    if (!("requestIdleCallback" in window)) setTimeout(resolve, latestMs / 4);
    else {
      window.requestIdleCallback(
        () => {
          resolve();
        },
        { timeout: latestMs },
      );
    }
  });
}
