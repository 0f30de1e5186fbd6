import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { recordedNames } from "../../../../src/experiment/figures";
import { seeded } from "../../../../src/core/random/generator";
import {
  partNames,
  hiddenParts,
  plainView,
  readView,
  writeView,
  type View,
} from "../../../../src/lab/view/view";
import { createViewStore } from "../../../../src/lab/view/view-store";

const page: View = plainView;

describe("reading a query", () => {
  test("none is the plain page", () => {
    expect(readView("")).toEqual({ view: page, problems: [] });
  });

  test("words come in any order, with or without a form's equals signs", () => {
    const view = {
      mode: "present",
      framed: "chart",
      predict: true,
      oneScale: false,
      path: false,
      seesStitch: false,
      hidden: ["settings", "table"],
      lesson: null,
    };
    expect(readView("?present&predict&hide=table,settings")).toEqual({ view, problems: [] });
    expect(readView("hide=settings&hide=table&predict=&present=").view).toEqual(view);
  });

  test("the address overrides what a mode hides by default", () => {
    expect(hiddenParts(readView("?present").view)).toContain("settings");
    expect(hiddenParts(readView("?present&hide=").view)).toEqual([]);
    expect(hiddenParts(readView("?present&hide=tour").view)).toEqual(["tour"]);
    expect(hiddenParts(page)).toEqual([]);
  });

  test("the view of the stitch lies over a page or a slide", () => {
    const view = { ...page, mode: "present", seesStitch: true };
    expect(readView("?present&see-stitch")).toEqual({ view, problems: [] });
    expect(writeView({ ...page, seesStitch: true })).toBe("?see-stitch");
  });

  test("the path from A to B is a word of the address, on a page, on a slide and in a frame", () => {
    expect(readView("?path")).toEqual({ view: { ...page, path: true }, problems: [] });
    for (const mode of ["present", "embed"] as const) {
      const view = { ...page, mode, path: true };
      expect(readView(`?${mode}&path`)).toEqual({ view, problems: [] });
      expect(writeView(view)).toBe(`?${mode}&path`);
    }
    // Addresses from before there was a path show penalties.
    expect(readView("?present&one-scale").view.path).toBe(false);
  });

  test("an unknown part is reported, and the others are still hidden", () => {
    const { view, problems } = readView("?hide=setings, table,__proto__");
    expect(view.hidden).toEqual(["table"]);
    expect(problems).toEqual([
      {
        parameter: "hide",
        found: "setings, __proto__",
        expected: `names from ${partNames.join(", ")}`,
        instead: "ignored unknown names",
      },
    ]);
  });

  test("an unknown word is reported, except what mail programs add", () => {
    const { view, problems } = readView("?presnt&utm_source=mail&fbclid=1");
    expect(view).toEqual(page);
    expect(problems.map(({ parameter, instead }) => [parameter, instead])).toEqual([
      ["presnt", "ignored it"],
    ]);
  });

  test("a frame shows the chart or the stitch, and another value is reported", () => {
    expect(readView("?embed").view).toMatchObject({ mode: "embed", framed: "chart" });
    expect(readView("?embed=stitch")).toEqual({
      view: { ...page, mode: "embed", framed: "stitch" },
      problems: [],
    });
    const { view, problems } = readView("?embed=stich");
    expect(view).toMatchObject({ mode: "embed", framed: "chart" });
    expect(problems).toEqual([
      {
        parameter: "embed",
        found: "stich",
        expected: "no value, or stitch",
        instead: "showed the chart",
      },
    ]);
    // In another mode the word means nothing.
    expect(readView("?present=stitch").problems).toHaveLength(1);
  });

  test("a lesson names figures in their order, and an unknown one is reported", () => {
    expect(readView("?present&lesson=random,seeds")).toEqual({
      view: {
        mode: "present",
        framed: "chart",
        predict: false,
        oneScale: false,
        path: false,
        seesStitch: false,
        hidden: null,
        lesson: ["random", "seeds"],
      },
      problems: [],
    });
    const { view, problems } = readView("?lesson=seeds,rome,shuffled");
    expect(view.lesson).toEqual(["seeds", "shuffled"]);
    expect(problems).toEqual([
      {
        parameter: "lesson",
        found: "rome",
        expected: `names from ${recordedNames.join(", ")}`,
        instead: "ignored unknown names",
      },
    ]);
    expect(readView("?lesson=rome").view.lesson).toBeNull();
  });

  test("present and embed exclude each other", () => {
    const { view, problems } = readView("?present&embed");
    expect(view.mode).toBe("embed");
    expect(problems.map(({ instead }) => instead)).toEqual(["used embed"]);
  });

  test("random text never throws, and long text is cut", () => {
    const random = seeded(3);
    const alphabet = Array.from("?&=present,hide%E0+embd\u0000é𝕏 ");
    for (let k = 0; k < 2_000; k++) {
      const text = Array.from({ length: random.below(60) }, () => {
        return alphabet[random.below(alphabet.length)] ?? "";
      }).join("");
      expect(["page", "present", "notes", "embed"]).toContain(readView(text).view.mode);
    }
    expect(readView(`?${"x".repeat(5_000)}`).problems[0]?.parameter.length).toBeLessThan(70);
  });
});

test("a written view is read back", () => {
  const views: View[] = [
    page,
    {
      mode: "present",
      framed: "chart",
      predict: false,
      oneScale: false,
      path: false,
      seesStitch: false,
      hidden: [],
      lesson: ["seeds", "random", "seeds"],
    },
    {
      mode: "embed",
      framed: "stitch",
      predict: true,
      oneScale: false,
      path: false,
      seesStitch: false,
      hidden: ["run", "share"],
      lesson: null,
    },
  ];
  for (const view of views) expect(readView(writeView(view))).toEqual({ view, problems: [] });
  expect(writeView(page)).toBe("");
});

describe("the query in the address bar", () => {
  function typed(query: string) {
    const bar = {
      at: query,
      query: () => bar.at,
      replaceQuery: (next: string) => void (bar.at = next),
    };
    return { bar, store: createViewStore(bar) };
  }

  test("follows the view", () => {
    const { bar, store } = typed("?predict");
    store.show({ mode: "present" });
    expect(bar.at).toBe("?present&predict");
    store.show({ mode: "page", predict: false });
    expect(bar.at).toBe("");
  });

  test("stays as typed until its problems are dismissed", () => {
    const { bar, store } = typed("?presnt&hide=tour");
    store.show({ mode: "present" });
    expect(bar.at).toBe("?presnt&hide=tour");
    store.dismissProblems();
    expect(bar.at).toBe("?present&hide=tour");
  });
});

test("the guide to teaching names every part that can be hidden, and no other", () => {
  const guide = readFileSync("docs/teaching.md", "utf8");
  const table = guide.slice(guide.indexOf("| part "), guide.indexOf("## In a lecture hall"));
  const named = [...table.matchAll(/^\| `([a-z]+)`/gm)].map(([, name]) => name);
  expect(named).toEqual(partNames);
});
