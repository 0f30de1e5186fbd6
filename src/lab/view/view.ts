/**
 * The view: how the page is shown, and not what it computes. It is the address's query, the part
 * from `?` to `#`.
 *
 *     ?present&hide=settings,table
 *     ?present&lesson=seeds,random
 *     ?embed=stitch
 *     ?see-stitch
 *     ?path
 *
 * Reading never fails: whatever cannot be read is reported and ignored, and the rest is used.
 */
import { recordedNames, type PresetName } from "../../experiment/figures";
import {
  capped,
  lengthProblem,
  quote,
  type AddressProblem,
} from "../../experiment/address/address";

/** Parts of the page that a link may hide, by their names in `?hide=`. */
export const partNames = [
  "intro",
  "figures",
  "library",
  "tour",
  "method",
  "present",
  "claim",
  "settings",
  "networks",
  "protocol",
  "advanced",
  "backend",
  "run",
  "share",
  "predict",
  "export",
  "diagram",
  "similarity",
  "table",
  "errors",
  "storage",
  "keys",
] as const;

export type Part = (typeof partNames)[number];

/**
 * `present` is for a projector, `notes` for its speaker's second window, `embed` for a frame in
 * another page.
 */
export type Mode = "page" | "present" | "notes" | "embed";

/** What a frame in another page shows. */
export type Framed = "chart" | "stitch";

export interface View {
  readonly mode: Mode;
  /** For the mode `embed` alone. */
  readonly framed: Framed;
  /** Results stay covered until a curve has been predicted. */
  readonly predict: boolean;
  /** Whether the plot of penalties has one scale, however far off a control is. */
  readonly oneScale: boolean;
  /** Whether that plot shows test errors on the path from A to B instead. */
  readonly path: boolean;
  /** Whether the view of what the stitch does lies over the page. */
  readonly seesStitch: boolean;
  /** Null leaves it to the mode. */
  readonly hidden: readonly Part[] | null;
  /** Figures in the order in which a lesson shows them; null where there is none. */
  readonly lesson: readonly PresetName[] | null;
}

/** The page as a first visit sees it. */
export const plainView: View = {
  mode: "page",
  framed: "chart",
  predict: false,
  oneScale: false,
  path: false,
  seesStitch: false,
  hidden: null,
  lesson: null,
};

/** What a mode hides where the address says nothing of it. */
const usuallyHidden: Readonly<Record<Mode, readonly Part[]>> = {
  page: [],
  present: ["intro", "tour", "method", "settings", "export", "table", "storage"],
  // These show one thing only.
  notes: [],
  embed: [],
};

export function hiddenParts({ mode, hidden }: Pick<View, "mode" | "hidden">): readonly Part[] {
  return hidden ?? usuallyHidden[mode];
}

/** In the order of precedence. */
const modes = ["embed", "notes", "present"] as const;
const words = ["present", "notes", "embed", "predict", "path", "one-scale", "see-stitch"] as const;
/** Put behind addresses by mail programs and social networks; they are no one's mistake. */
const foreign = /^(utm_.*|fbclid|gclid)$/;

export interface ViewReading {
  readonly view: View;
  readonly problems: readonly AddressProblem[];
}

/** @param search with or without its `?` */
export function readView(search: string): ViewReading {
  const tooLong = lengthProblem("the query", search);
  const given = new URLSearchParams(tooLong === null ? search : "");
  const problems: AddressProblem[] = tooLong === null ? [] : [tooLong];
  for (const [name, texts] of byName(given)) {
    const parameter = quote(name);
    const isWord = words.some((word) => word === name);
    if (foreign.test(name) || name === "hide" || name === "lesson") continue;
    if (!isWord) {
      const expected = `only the words ${words.join(", ")}, hide=… and lesson=…`;
      problems.push({
        parameter,
        found: quote(texts.join(", ")),
        expected,
        instead: "ignored it",
      });
    } else if (name === "embed") {
      const unknown = texts.filter((text) => text !== "" && text !== "stitch");
      if (unknown.length > 0) {
        const expected = "no value, or stitch";
        const found = quote(unknown.join(", "));
        problems.push({ parameter, found, expected, instead: "showed the chart" });
      }
    } else if (texts.some((text) => text !== "")) {
      const expected = "no value";
      problems.push({ parameter, found: quote(texts.join(", ")), expected, instead: "used it" });
    }
  }
  const [first, ...others] = modes.filter((name) => given.has(name));
  for (const parameter of others) {
    const expected = `only one of ${modes.join(", ")}`;
    problems.push({ parameter, found: "both", expected, instead: `used ${first ?? ""}` });
  }
  const mode = first ?? "page";
  const hide = readNames("hide", given.getAll("hide"), partNames);
  const lesson = readNames("lesson", given.getAll("lesson"), recordedNames);
  // The parts have one order, whatever the address's.
  const hidden = hide.names && partNames.filter((part) => hide.names?.includes(part));
  return {
    view: {
      mode,
      framed: mode === "embed" && given.get("embed") === "stitch" ? "stitch" : "chart",
      predict: given.has("predict"),
      oneScale: given.has("one-scale"),
      path: given.has("path"),
      seesStitch: given.has("see-stitch"),
      hidden,
      lesson: lesson.names === null || lesson.names.length === 0 ? null : lesson.names,
    },
    problems: capped([...problems, ...hide.problems, ...lesson.problems]),
  };
}

/** Every name's values, in the order of the query. */
function byName(given: URLSearchParams): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, string[]>();
  for (const [name, text] of given) {
    const before = texts.get(name);
    // One pass: looking each name up again would take as long as there are names, squared.
    if (before === undefined) texts.set(name, [text]);
    else before.push(text);
  }
  return texts;
}

/** Names from a list, separated by commas; null where the query says nothing of them. */
function readNames<Name extends string>(
  parameter: string,
  texts: readonly string[],
  known: readonly Name[],
): { readonly names: readonly Name[] | null; readonly problems: readonly AddressProblem[] } {
  if (texts.length === 0) return { names: null, problems: [] };
  const given = texts
    .flatMap((text) => text.split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const unknown = given.filter((name) => !known.some((other) => other === name));
  const expected = `names from ${known.join(", ")}`;
  const instead = "ignored unknown names";
  const found = quote(unknown.join(", "));
  return {
    names: given.flatMap((name) => known.find((other) => other === name) ?? []),
    problems: unknown.length === 0 ? [] : [{ parameter, found, expected, instead }],
  };
}

/** The query of a view, with its `?`; empty for the plain page. */
export function writeView(view: View): string {
  const { mode, framed, predict, oneScale, path, seesStitch, hidden, lesson } = view;
  const framesStitch = mode === "embed" && framed === "stitch";
  const written = [
    ...(mode === "page" ? [] : [framesStitch ? "embed=stitch" : mode]),
    ...(predict ? ["predict"] : []),
    ...(path ? ["path"] : []),
    ...(oneScale ? ["one-scale"] : []),
    ...(seesStitch ? ["see-stitch"] : []),
    ...(hidden === null ? [] : [`hide=${hidden.join(",")}`]),
    ...(lesson === null ? [] : [`lesson=${lesson.join(",")}`]),
  ];
  return written.length === 0 ? "" : `?${written.join("&")}`;
}
