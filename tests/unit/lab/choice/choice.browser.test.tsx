/** The one dialog in which networks and images are chosen: its doors, by mouse and by keys. */
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ownImages, ownNetwork, type ScriptedEngine } from "../fakes";
import { mountPage, openSettings, ownAddress, textsOf, type Mounted } from "../mounted-page";

const dialog = () => page.getByRole("dialog");
const tab = (name: string) => dialog().getByRole("tab", { name, exact: true });
const panel = () => dialog().getByRole("tabpanel");
const input = () => dialog().getBySelector("input[accept^='.onnx,.safetensors']");

async function opened(
  button: string,
  script: (engine: ScriptedEngine) => void = () => undefined,
): Promise<Mounted> {
  const mounted = await mountPage(ownAddress, script);
  await openSettings();
  await page.getByRole("button", { name: button }).click();
  return mounted;
}

test.each([
  ["Browse top networks", ["Zoo and yours", "File", "Recent", "Train"]],
  ["Change images", ["Lab’s and yours", "File", "Recent"]],
])("%s has its doors as tabs, which arrow keys move through", async (button, titles) => {
  await opened(button);
  await expect.element(tab("File")).toBeVisible();
  expect(textsOf(dialog().getByRole("tab"))).toEqual(titles);
  await tab(titles[0] ?? "").click();
  await userEvent.keyboard("{ArrowRight}");
  await expect.element(tab("File")).toHaveFocus();
  await expect.element(tab("File")).toHaveAttribute("aria-selected", "true");
  await expect.element(panel()).toHaveAccessibleName("File");
  await userEvent.keyboard("{End}");
  await expect.element(tab(titles.at(-1) ?? "")).toHaveFocus();
  await userEvent.keyboard("{ArrowRight}");
  await expect.element(tab(titles[0] ?? "")).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("button", { name: button })).toHaveFocus();
});

test("the tabs stay where they are when another is opened, and the card in use says so", async () => {
  await opened("Browse bottom networks");
  const current = dialog().getBySelector("[aria-current]");
  await expect.element(current).toHaveTextContent(/In use$/);
  expect(current.elements()).toHaveLength(1);
  const place = () => tab("File").element().getBoundingClientRect().top;
  const before = place();
  for (const name of ["File", "Recent", "Train"]) {
    await tab(name).click();
    await expect.element(panel()).toHaveAccessibleName(name);
    expect(place(), name).toBe(before);
  }
});

test.each([
  ["Browse top networks", "networks"],
  ["Change images", "images"],
])("of %s, Recent says when it is empty", async (button, kind) => {
  // The page has noted what is in use, and nothing else.
  await opened(button);
  await tab("Recent").click();
  if (kind === "images") await expect.element(panel()).toHaveTextContent("Nothing yet");
  else await expect.element(panel().getByRole("listitem")).toHaveTextContent("seed 1");
  window.localStorage.clear();
  await userEvent.keyboard("{Escape}");
  await page.getByRole("button", { name: button }).click();
  await tab("Recent").click();
  await expect
    .element(panel())
    .toHaveTextContent(`Nothing yet: no other ${kind} were used in this browser.`);
});

test("Recent offers networks that were used before, the latest first, and one press uses one", async () => {
  const { bar } = await opened("Browse bottom networks");
  await dialog()
    .getByRole("button", { name: /^Use .*resnet18-w16-s0/ })
    .first()
    .click();
  await expect.element(dialog()).not.toBeInTheDocument();
  const before = bar.hash();
  expect(before).toContain("bottom=resnet18-w16-s0");
  await page.getByRole("button", { name: "Browse bottom networks" }).click();
  await tab("Recent").click();
  const entries = panel().getByRole("listitem");
  await expect.element(entries.first()).toHaveTextContent(/Five-layer CNN/);
  await entries.nth(1).getByRole("button").click();
  await expect.element(dialog()).not.toBeInTheDocument();
  expect(bar.hash()).not.toBe(before);
});

test("Recent offers images that were used before", async () => {
  const photos = ownImages("abcdefghij".split(""));
  const { bar } = await opened("Change images", (engine) => {
    engine.dataSets = [photos];
  });
  await dialog().getByRole("button", { name: "Use photos" }).click();
  expect(bar.hash()).toContain(`data=${photos.ref}`);
  await page.getByRole("button", { name: "Change images" }).click();
  await tab("Recent").click();
  await panel().getByRole("button", { name: "CIFAR-10" }).click();
  await expect.element(dialog()).not.toBeInTheDocument();
  expect(bar.hash()).not.toContain("data=");
});

test("a file says in the dialog what it is, and one press makes it the top and closes it", async () => {
  const mine = ownNetwork("mine.safetensors", "a", 16);
  const { bar, engine } = await opened("Browse top networks", (engine) => {
    engine.networks.set(mine.name, mine);
  });
  await tab("File").click();
  await userEvent.upload(input(), [
    new File(["mine"], "mine.safetensors"),
    new File(["wrong"], "wrong.safetensors"),
  ]);
  await expect.element(panel().getByRole("alert")).toHaveTextContent("wrong.safetensors");
  const given = panel().getBySelector(".notice").filter({ hasText: "mine.safetensors" });
  await expect.element(given).toHaveTextContent("ResNet-18, 16 filters");
  await expect.element(given).toHaveTextContent("A run takes");
  // Said once: the page behind says nothing.
  const said = page.getBySelector(".notice").filter({ hasText: "mine.safetensors" });
  expect(said.elements()).toHaveLength(1);
  expect(engine.shelf).toEqual([]);
  await given.getByRole("button", { name: "Use as top network" }).click();
  await expect.element(dialog()).not.toBeInTheDocument();
  await expect.poll(() => bar.hash()).toContain(`top=sha256:${"a".repeat(64)}`);
  expect(engine.shelf).toHaveLength(1);
});

test("a file that is not decided on when the dialog closes waits on the page", async () => {
  await opened("Browse top networks", (engine) => {
    engine.networks.set("mine.safetensors", ownNetwork("mine.safetensors", "a", 16));
  });
  await tab("File").click();
  await userEvent.upload(input(), new File(["mine"], "mine.safetensors"));
  await expect.element(panel().getByRole("button", { name: /^Keep only/ })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  const waits = page.getBySelector(".notice").filter({ hasText: "It is not stored yet." });
  await waits.getByRole("button", { name: /^Cancel/ }).click();
  await expect.element(waits).not.toBeInTheDocument();
});
