/** The address bar and the history of a real browser. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  browserAddressBar,
  browserQueryBar,
} from "../../../../../src/lab/session/address/address-bar";
import { createViewStore } from "../../../../../src/lab/view/view-store";

const { pathname, search, hash } = window.location;
beforeEach(() => window.history.pushState(null, "", `${pathname}#a`));
afterEach(() => window.history.replaceState(null, "", `${pathname}${search}${hash}`));

test("Back is reported, and the view stays as it is", async () => {
  const bar = browserAddressBar(window);
  const views = createViewStore(browserQueryBar(window));
  const heard = vi.fn();
  bar.onChange(heard);
  bar.push("#b");
  bar.push("#c");
  bar.replace("#d");
  views.show({ mode: "present" });
  expect(heard).not.toHaveBeenCalled();
  expect(window.location.search).toBe("?present");

  window.history.back();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
  expect(bar.hash()).toBe("#b");
  expect(window.location.search).toBe("?present");
  window.history.back();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2));
  expect(bar.hash()).toBe("#a");
  expect(window.location.search).toBe("?present");
  window.history.forward();
  await vi.waitFor(() => expect(bar.hash()).toBe("#b"));
});
