/** What the visitor left open, at two widths of the window: needs a browser's media queries. */
import { createRoot, type Root } from "react-dom/client";
import { afterEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { useSettingsOpen } from "../../../../src/lab/setup/settings-open";

let root: Root | undefined;
afterEach(() => {
  root?.unmount();
  window.localStorage.clear();
});

function Probe() {
  const [open] = useSettingsOpen();
  return <p>{open ? "open" : "closed"}</p>;
}

for (const [width, state] of [
  [1280, "open"],
  [390, "closed"],
] as const) {
  test(`settings left open are ${state} on load at ${width} px`, async () => {
    window.localStorage.setItem("stitch-lab-settings", "open");
    await page.viewport(width, 800);
    root = createRoot(document.body.appendChild(document.createElement("div")));
    root.render(<Probe />);
    await expect.element(page.getByText(state, { exact: true })).toBeVisible();
  });
}
