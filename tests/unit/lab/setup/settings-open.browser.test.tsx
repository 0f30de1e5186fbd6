/** What the visitor left open, at two widths of the window: needs a browser's media queries. */
import { useEffect } from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";
import { afterEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { useSettingsOpen } from "../../../../src/lab/setup/settings-open";

let root: Root | undefined;
afterEach(() => {
  root?.unmount();
  window.localStorage.clear();
});

function Probe({ written }: { readonly written: boolean }) {
  const [open] = useSettingsOpen(written);
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
    root.render(<Probe written={false} />);
    await expect.element(page.getByText(state, { exact: true })).toBeVisible();
  });
}

// A visitor who sees them closed and moves to their button has the page taken over by that move.
test("a page that the build has written keeps its settings closed, whatever was left open", async () => {
  window.localStorage.setItem("stitch-lab-settings", "open");
  await page.viewport(1280, 800);
  const element = document.body.appendChild(document.createElement("div"));
  element.innerHTML = "<p>closed</p>";
  const states: (string | null)[] = [];
  new MutationObserver(() => states.push(element.textContent)).observe(element, {
    subtree: true,
    childList: true,
    characterData: true,
  });
  await new Promise<void>((resolve) => {
    function Drawn() {
      useEffect(() => {
        // After whatever an effect of the settings would draw.
        setTimeout(resolve);
      }, []);
      return <Probe written />;
    }
    root = hydrateRoot(element, <Drawn />);
  });
  expect(states).toEqual([]);
  expect(element.textContent).toBe("closed");
});
