/** Where the focus goes when what has it is removed: needs a browser's focus and observers. */
import { afterEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { keepFocus } from "../../../../src/lab/startup/lost-focus";

let end: (() => void) | undefined;
afterEach(() => {
  end?.();
  document.body.replaceChildren();
});

test("a removed button leaves the focus to its neighbour, but to no term, which would explain itself", async () => {
  const root = document.body.appendChild(document.createElement("div"));
  root.innerHTML =
    '<p><button id="again">Try again</button></p>' +
    '<p><button class="term">stitch</button></p><button>Close</button>';
  end = keepFocus(root);
  const again = document.getElementById("again");
  again?.focus();
  again?.parentElement?.remove();
  await expect.element(page.getByRole("button", { name: "Close" })).toHaveFocus();
});
