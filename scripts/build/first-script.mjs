/** The script in the page's head, which runs before anything else has arrived. */

/**
 * - What the build writes is not what an address asks for, nor another view: it is hidden before it
 *   is painted.
 * - What a visitor does before the page's own script has arrived is kept for it
 *   (src/lab/startup/early-use.ts), with how far the page was scrolled. So are files that are
 *   dropped, for which the browser would leave the page; it gives them only while they are dropped.
 * - A page whose script cannot be fetched says so.
 */
export const firstScript = `{
const html = document.documentElement;
const listening = new AbortController();
const options = { capture: true, signal: listening.signal };
const events = [];
window.earlyUse = { events, stop() { listening.abort(); html.classList.remove("waiting"); } };
if (location.hash.length + location.search.length > 1) html.classList.add("addressed");
else for (const kind of ["keydown", "pointerdown", "click", "change"]) {
  addEventListener(kind, (event) => {
    events.push({ event, left: scrollX, top: scrollY });
    if (kind === "click" && event.target.closest("button")) html.classList.add("waiting");
  }, options);
}
const dropping = new AbortController();
const drops = [];
window.earlyDrops = { drops, stop() { dropping.abort(); } };
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => {
  const { dataTransfer } = event;
  if (!dataTransfer || !dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  if (kind === "dragover") return;
  const items = [...dataTransfer.items].map((item) => {
    const entry = item.webkitGetAsEntry();
    return { webkitGetAsEntry: () => entry };
  });
  drops.push({ files: [...dataTransfer.files], items });
}, { signal: dropping.signal });
addEventListener("error", ({ target }) => {
  if (!(target instanceof HTMLScriptElement)) return;
  window.earlyUse.stop();
  const say = () => {
    const notice = document.createElement("div");
    notice.className = "notice notice-error page-failed";
    notice.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = "Could not load the page’s script, so its controls do not work. Check your connection, then reload the page.";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Reload the page";
    button.addEventListener("click", () => location.reload());
    notice.append(text, button);
    document.body.prepend(notice);
  };
  if (document.body) say();
  else addEventListener("DOMContentLoaded", say);
}, true);
}`;
