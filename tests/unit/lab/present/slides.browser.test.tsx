/** Every recorded figure as a slide, at the sizes of projectors: what fits needs a browser. */
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { recordedNames, presets } from "../../../../src/experiment/figures";
import { mountPage } from "../mounted-page";

const sizes = [
  [1280, 720],
  [1440, 900],
  [1920, 1080],
] as const;

/** Of the window's height: what the plot of penalties has at least. */
const leastPlot = 0.2;

const shown = (element: Element): boolean =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

/** Texts that an element cuts off, apart from those for screen readers alone. */
function cutTexts(): readonly string[] {
  return [...document.querySelectorAll("main *, .page-header *")]
    .filter((element): element is HTMLElement => element instanceof HTMLElement && shown(element))
    .filter((element) => {
      const { overflowX, overflowY, clipPath } = getComputedStyle(element);
      if (clipPath !== "none" || element.textContent.trim() === "") return false;
      // A pixel is the rounding of lines.
      return (
        (overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1) ||
        (overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1)
      );
    })
    .map(({ className, textContent }) => `.${className}: ${textContent}`);
}

/** Names and numbers at a plot's side that lie on each other. */
function crowded(): readonly string[] {
  return [...document.querySelectorAll(".plot")].flatMap((plot) =>
    [".plot-tick:not(.plot-strip-tick)", ".plot-label"].flatMap((kind) => {
      const middles = [...plot.querySelectorAll(kind)].map((words) => {
        const { top, height } = words.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(words).fontSize);
        return { middle: top + height / 2, size, words };
      });
      const sorted = middles.toSorted((a, b) => a.middle - b.middle);
      return sorted
        .slice(1)
        .flatMap(({ middle, size, words }, before) =>
          middle - (sorted[before]?.middle ?? NaN) < 0.75 * size
            ? [`crowded in .${plot.className}: ${words.textContent}`]
            : [],
        );
    }),
  );
}

/** Words at a point whose letters lie on the middle of a dot; a box is a fifth higher than letters. */
function onDots(): readonly string[] {
  return [...document.querySelectorAll(".plot-inner")].flatMap((plot) => {
    const dots = [...plot.querySelectorAll<SVGPathElement>(".plot-dots")].flatMap((path) =>
      [...(path.getAttribute("d") ?? "").matchAll(/M\s*(-?[\d.]+)[\s,]+(-?[\d.]+)/g)].map(
        ([, x, y]) => new DOMPoint(Number(x), Number(y)).matrixTransform(path.getScreenCTM() ?? {}),
      ),
    );
    return [...plot.querySelectorAll(".plot-note-text")]
      .filter(shown)
      .flatMap((words) =>
        [...words.getClientRects()].some(({ left, right, top, bottom, height }) =>
          dots.some(
            ({ x, y }) =>
              x > left && x < right && y > top + 0.2 * height && y < bottom - 0.2 * height,
          ),
        )
          ? [`on a dot: ${words.textContent}`]
          : [],
      );
  });
}

/** What is wrong with the slide as it is drawn; empty where nothing is. */
function faults(): readonly string[] {
  const { innerHeight, innerWidth } = window;
  const { scrollHeight, scrollWidth } = document.documentElement;
  const plot = document.querySelector(".plot-penalty")?.getBoundingClientRect().height ?? 0;
  const beyond = [...document.querySelectorAll("main :is(h2, p, .plot, .plot-label, .plot-tick)")]
    .filter((element) => element.textContent.trim() !== "" && shown(element))
    .filter((element) => {
      const { top, bottom, left, right } = element.getBoundingClientRect();
      return top < 0 || left < 0 || bottom > innerHeight + 1 || right > innerWidth + 1;
    })
    .map(({ className, textContent }) => `off the slide .${className}: ${textContent}`);
  return [
    ...(scrollHeight > innerHeight ? [`${scrollHeight} px high`] : []),
    ...(scrollWidth > innerWidth ? [`${scrollWidth} px wide`] : []),
    ...(plot < leastPlot * innerHeight ? [`penalties in ${Math.round(plot)} px`] : []),
    ...beyond,
    ...crowded(),
    ...onDots(),
    ...cutTexts(),
  ];
}

// Half a minute on two cores.
test(
  "every recorded figure is whole on its slide, and no text is cut off",
  { timeout: 180_000 },
  async () => {
    await mountPage("?present#figure=seeds");
    const heading = page.getBySelector(".figure-head h2");
    const status = page.getBySelector(".slide-steps [role=status]");
    const found: string[] = [];
    for (const name of recordedNames) {
      const { question, claim } = presets[name];
      await expect.element(heading).toHaveTextContent(question);
      for (const [key, step, words] of [
        ["Home", /: question$/, question],
        ["End", /: what to look for$/, claim],
        ["PageUp", /: similarity$/, question],
      ] as const) {
        await userEvent.keyboard(`{${key}}`);
        await expect.element(status).toHaveTextContent(step);
        await expect.element(heading).toHaveTextContent(words);
        if (key !== "Home") {
          await expect
            .poll(() => document.querySelectorAll(".plot-penalty .plot-curve").length)
            .toBeGreaterThan(1);
          await expect
            .poll(() => document.querySelector(":is(.plot-similarity, .plot-probes) .plot-curve"))
            .not.toBeNull();
        }
        // The question has been seen in every size by then; the sentence is new, and narrow is worst.
        for (const [width, height] of step.test(": similarity") ? sizes.slice(0, 1) : sizes) {
          await page.viewport(width, height);
          await new Promise((resolve) => requestAnimationFrame(resolve));
          found.push(
            ...faults().map((fault) => `${name}${step.source}, ${width} × ${height}: ${fault}`),
          );
        }
      }
      await userEvent.keyboard("{Shift>}{ArrowRight}{/Shift}");
    }
    expect(found).toEqual([]);
  },
);
