/** The inspector next to a page, over details that a test gives. */
import { cifar10Form } from "../../../../src/core/data/cifar10";
import type { ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { LabError } from "../../../../src/core/errors";
import type { Details } from "../../../../src/engine/details/read";
import type { PassageSource } from "../../../../src/lab/engine/engine-types";
import type { PassageQuestion } from "../../../../src/engine/host/passage";
import type { Answers, Inspection } from "../../../../src/engine/host/inspect";
import type { Recorded } from "../../../../src/experiment/report";
import { defaultSpec } from "../../../../src/experiment/spec";
import { Inspectable } from "../../../../src/lab/inspector/Inspectable";
import { emptyResults, withEvent } from "../../../../src/lab/session/results/results";
import { createSession } from "../../../../src/lab/session/session";
import { createViewStore } from "../../../../src/lab/view/view-store";
import { useInspect } from "../../../../src/lab/view/result-contexts";
import {
  ServicesContext,
  type AppServices,
  type StitchSource,
} from "../../../../src/lab/view/services";
import { report, rememberedRun, ScriptedEngine, siteResult, TypedBar, zoo } from "../fakes";
import "../../../../src/lab/app/styles";

const images = 400;
const spec = { ...defaultSpec("resnet18-w16-s0", "resnet18-w16-s1"), passageImages: images };
const sites = [0, 1].map((site) => siteResult(site));
const recorded: Recorded = {
  format: "stitch-lab-recorded-1",
  command: "",
  date: "2026-01-02",
  report: report(spec, sites),
  details: { file: "seeds.details.bin", sha256: "0".repeat(64), sizeBytes: 1 },
};

const resultsOf = ({ report: made }: Recorded) =>
  withEvent(emptyResults, { type: "finished", report: made });

const labels = new Uint8Array(images).fill(3);

/** Wrong at some images, where it says dog. */
function answers(isWrong: (image: number) => boolean): Answers {
  const wrong = Uint8Array.from({ length: images }, (_, image) => (isWrong(image) ? 1 : 0));
  return { classes: 10, wrong, predicted: wrong.map((flag) => (flag === 1 ? 5 : 3)) };
}

/** At site 0, 40 images flip to wrong and 10 to right; at site 1, 6 to wrong and none to right. */
function inspection(site: number, fields: Partial<Inspection> = {}): Inspection {
  const top = answers((image) => image < 10);
  const stitched = site === 0 ? [10, 50] : [0, 16];
  const [first = 0, end = 0] = stitched;
  return {
    saved: true,
    place: { name: site === 0 ? "stem" : "block 1", bottomTap: site, topTap: site },
    labels: {
      labels,
      classes: cifar10Form.classes,
    },
    top,
    bottom: top,
    stitched: answers((image) => image >= first && image < end),
    matrix: {
      values: Float64Array.of(0, 2, -1, 0),
      rows: 2,
      columns: 2,
      side: 1,
      bias: new Float64Array(2),
      levels: 63,
    },
    lossCurve: { stride: 1, steps: 2, sums: Float64Array.of(2, 1) },
    shift: null,
    trainImages: 2_000,
    ...fields,
  };
}

const details: Details = { leftOut: [], inspection: (_, site) => inspection(site) };

/** Pictures that were asked for. */
let asked: number[] = [];

const source: StitchSource = {
  inspect: () => Promise.resolve(null),
  details: () => Promise.resolve(details),
  testLabels: () => Promise.reject(new Error("no labels are read of a recorded figure")),
  passageImages: () => Promise.reject(new Error("no whole images are read")),
  pictures(wanted) {
    asked.push(...wanted);
    const pixels = new Map(wanted.map((image) => [image, new Uint8Array(12).fill(128)]));
    return Promise.resolve({ height: 2, width: 2, pixels });
  },
};

let root: Root;
afterEach(() => {
  root.unmount();
  document.body.replaceChildren();
});

function Buttons(): ReactNode {
  const inspect = useInspect();
  return [0, 1].map((site) => (
    <button key={site} data-stitch={`0-${site}`} onClick={() => inspect?.({ curve: 0, site })}>
      Inspect {site}
    </button>
  ));
}

/** A page with a button for each stitch. */
async function mount(
  from: Partial<StitchSource & PassageSource> = {},
  file = recorded,
): Promise<void> {
  asked = [];
  await page.viewport(1280, 720);
  const session = createSession(new ScriptedEngine(), new TypedBar(""), rememberedRun(null));
  const views = createViewStore({ query: () => "", replaceQuery: () => undefined });
  const services = { session, opening: null, views, engine: { ...source, ...from } };
  root = createRoot(document.body.appendChild(document.createElement("div")));
  root.render(
    // The inspector uses no other service.
    <ServicesContext value={services as unknown as AppServices}>
      <Inspectable
        spec={spec}
        models={zoo.models}
        results={resultsOf(file)}
        source={new Map([[0, file]])}
      >
        <Buttons />
      </Inspectable>
    </ServicesContext>,
  );
  await page.getByRole("button", { name: "Inspect 0" }).click();
}

const drawer = page.getByRole("dialog");

test("a recorded stitch shows its sum, six flips a side, and more on request", async () => {
  await mount();
  await expect.element(drawer).toHaveAccessibleName("Inside the stitch at stem");
  await expect.element(drawer).toHaveTextContent("(40 − 10) / 400 = +7.5 points");
  const worse = drawer.getByRole("list", { name: "Flipped to wrong" }).getByRole("listitem");
  await expect.poll(() => worse.elements()).toHaveLength(6);
  await expect.element(worse.first()).toHaveTextContent(/Label: cat.*cat.*dog/);
  await expect.element(drawer.getByRole("img", { name: "Test image 11: cat" })).toBeVisible();
  expect(asked).toEqual([10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5]);
  await drawer.getByRole("button", { name: "Show 24 more (34 left)" }).click();
  await expect.poll(() => worse.elements()).toHaveLength(30);
  // Only those that were not there.
  expect(asked.slice(12)).toEqual(Array.from({ length: 24 }, (_, k) => 16 + k));
});

test("a press on a flipped image shows what the stitch does to it, and Escape comes back to it", async () => {
  const questions: PassageQuestion[] = [];
  await mount({
    openPassages: () =>
      Promise.resolve({
        ask: (question: PassageQuestion) => questions.push(question),
        trained: () => Promise.resolve(null),
        close: () => undefined,
      }),
    passageImages: () =>
      Promise.resolve({
        ...cifar10Form,
        count: 12,
        labels: new Uint8Array(12),
        pixels: new Uint8Array(12 * 3072),
      }),
  });
  const thumbnail = page.getByRole("button", { name: "See the stitch with test image 12" });
  await expect.element(thumbnail).toBeVisible();
  (thumbnail.element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  const view = page.getByRole("dialog", { name: "What the stitch does" });
  await expect.element(view).toBeVisible();
  await expect.poll(() => questions.at(-1)).toMatchObject({ image: { type: "test", index: 11 } });
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => view.elements()).toHaveLength(0);
  await expect.element(drawer).toBeVisible();
  await expect.element(thumbnail).toHaveFocus();
});

test("its matrix, singular values and losses are there, and its rounding is named", async () => {
  await mount();
  const matrix = drawer.getByRole("img", { name: "Matrix of 2 by 2 weights, from −1 to 2" });
  await expect.element(matrix).toBeVisible();
  await expect.element(drawer).toHaveTextContent("weights rounded to 127 levels");
  await expect.element(drawer.getByText(/^Effective rank/)).toBeVisible();
  await expect.element(drawer).toHaveTextContent("over 2 steps");
  await drawer.getByRole("checkbox", { name: "Match channels" }).click();
  await expect.element(drawer).toHaveTextContent("each row is moved next to its column");
});

test("layers trained from scratch are drawn next to the top’s own training, where that is known", async () => {
  const learned = (...errors: number[]) => ({ errorByEpoch: { images: 2_000, errors } });
  const withTop = (top: object): Recorded => {
    const made = report(spec, [siteResult(0, learned(0.6, 0.4))]);
    const [curve] = made.curves;
    return {
      ...recorded,
      report: { ...made, curves: [{ ...curve, top: { ...curve.top, ...top } }] },
    };
  };
  const dots = () =>
    document.querySelectorAll("[aria-label^='Test accuracy by epoch'] .recharts-line-dot").length;
  await mount({}, withTop({}));
  await expect.element(drawer).toHaveTextContent("on the first 2,000 test images");
  await expect.poll(dots).toBe(2);
  await expect.element(drawer).not.toHaveTextContent("Dashed: the top itself");
  root.unmount();

  await mount({}, withTop(learned(0.5, 0.3, 0.2)));
  await expect.element(drawer).toHaveTextContent("Dashed: the top itself");
  await expect.poll(dots).toBe(5);
});

test("it stays open from layer to layer and beside the page, and Escape returns the focus", async () => {
  await mount();
  await drawer.getByRole("button", { name: "Next layer" }).click();
  await expect.element(drawer).toHaveAccessibleName("Inside the stitch at block 1");
  await expect.element(drawer).toHaveTextContent("(6 − 0) / 400 = +1.5 points");
  await expect.element(drawer.getByRole("button", { name: "Next layer" })).toBeDisabled();
  // The page next to it can be used.
  await page.getByRole("button", { name: "Inspect 0" }).click();
  await expect.element(drawer).toHaveAccessibleName("Inside the stitch at stem");
  await expect.element(page.getByRole("button", { name: "Inspect 0" })).toHaveFocus();
  await drawer.getByRole("button", { name: "Next layer" }).click();
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => drawer.elements()).toHaveLength(0);
  await expect.element(page.getByRole("button", { name: "Inspect 1" })).toHaveFocus();
});

test("it takes the settings' place where three columns have no room, and gives it back", async () => {
  document.body.insertAdjacentHTML(
    "beforeend",
    '<div id="bench" class="workbench with-settings"><aside class="setup">Settings</aside></div>',
  );
  await mount();
  const settings = page.getByText("Settings", { exact: true });
  await page.viewport(1920, 900);
  await expect.element(settings).toBeVisible();
  await page.viewport(1440, 900);
  await expect.element(settings).not.toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.element(settings).toBeVisible();
  document.getElementById("bench")?.remove();
});

test("a file with another hash is named as such, and the numbers are still there", async () => {
  const error = { code: "hash-mismatch", input: "recorded/seeds.details.bin" } as const;
  await mount({
    details: () =>
      Promise.reject(new LabError({ ...error, expected: "SHA-256 00", found: "ff (5 bytes)" })),
  });
  await expect
    .element(drawer.getByRole("alert"))
    .toHaveTextContent("recorded/seeds.details.bin: expected SHA-256 00; found ff (5 bytes).");
  await expect.element(drawer.getByRole("region", { name: "Numbers" })).toBeVisible();
});

test("a report of an older version, without details, says how to get them", async () => {
  const { details: _, ...older } = recorded;
  await mount({}, older);
  await expect.element(drawer).toHaveTextContent("Only the numbers of this stitch are saved");
  await expect
    .element(drawer.getByRole("button", { name: "Set up this stitch alone" }))
    .toBeVisible();
});

test("a matrix that is left out of the file is named; pictures that cannot be had leave the rest", async () => {
  await mount({
    details: () =>
      Promise.resolve({ leftOut: [], inspection: (_, site) => inspection(site, { matrix: null }) }),
    pictures: () =>
      Promise.reject(new LabError({ code: "network", input: "x", expected: "y", found: "z" })),
  });
  await expect.element(drawer).toHaveTextContent("Left out of the saved result");
  await expect.element(drawer).toHaveTextContent("Could not load the pictures");
  await expect.element(drawer.getByRole("heading", { name: /^Penalty by class/ })).toBeVisible();
  expect([...drawer.element().querySelectorAll(".term")].map((term) => term.textContent)).toEqual([
    "Standard error",
    "stitch",
    "Penalty",
    "least-squares stitch",
  ]);
});

test("pictures that could not be loaded are loaded on request, without closing the inspector", async () => {
  let asked = 0;
  await mount({
    pictures: () => {
      asked++;
      return asked === 1
        ? Promise.reject(new LabError({ code: "network", input: "x", expected: "y", found: "z" }))
        : Promise.resolve({ width: 1, height: 1, pixels: new Map() });
    },
  });
  await expect.element(drawer).toHaveTextContent("Could not load the pictures. x: expected y");
  await drawer.getByRole("button", { name: "Try again" }).click();
  await expect.element(drawer).not.toHaveTextContent("Could not load the pictures");
  expect(asked).toBe(2);
});
