/** Colours and dashes of an experiment's curves, which they keep when others come or go. */
import { presets } from "../../../experiment/figures";
import type { Preset } from "../../../experiment/figures/figure";
import { curveKey, type Curve } from "../../../experiment/spec";
import type { LineLook } from "../plots/layer-plot";

/** Besides its colour, what tells a curve from the others in grey: only the main one is solid. */
const dashes = ["12 3", "2 3", "10 3 2 3", "6 8", "10 3 2 3 2 3", "2 7"] as const;
const controlDashes = ["5 4", "16 4 5 4", "9 3 3 3 3 3"] as const;

/** What a curve is to the others in a plot. */
export type CurveRole = "main" | "control" | "other";

/** @param place among the curves of its role */
export function curveLook(role: CurveRole, place: number): LineLook {
  switch (role) {
    case "main":
      return { colour: "stitch", width: 3 };
    case "control": {
      const style = controlDashes[place % controlDashes.length];
      return { colour: "control-curve", width: 2, dashes: style ?? controlDashes[0] };
    }
    case "other": {
      const style = place % dashes.length;
      return { colour: `curve-${style + 1}`, width: 2, dashes: dashes[style] ?? dashes[0] };
    }
    default:
      return role satisfies never;
  }
}

const figures: readonly Preset[] = Object.values(presets);

/**
 * Returns one look a curve, in order: the one that it has in the figure with the most of these
 * curves or, in no figure, one that its networks and settings decide, if it is free.
 *
 * @param main index of the curve that the figure is about
 */
export function curveLooks(
  curves: readonly Curve[],
  main: number,
  isControl: (curve: Curve) => boolean,
): readonly LineLook[] {
  const roleOf = (curve: Curve, isMain: boolean): CurveRole =>
    isMain ? "main" : isControl(curve) ? "control" : "other";
  const roles = curves.map((curve, index) => roleOf(curve, index === main));
  const keys = curves.map(curveKey);
  const shared = ({ spec }: Preset): number =>
    spec.curves.filter((curve) => keys.includes(curveKey(curve))).length;
  const home = figures.reduce((best, next) => (shared(next) > shared(best) ? next : best));
  const atHome = home.spec.curves.map((curve, index) => ({
    key: curveKey(curve),
    role: roleOf(curve, index === (home.main ?? 0)),
  }));
  const wanted = curves.map((curve, index): number | null => {
    const place = atHome
      .filter(({ role }) => role === roles[index])
      .findIndex(({ key }) => key === curveKey(curve));
    return place < 0 ? null : place;
  });
  const taken = new Set(wanted.map((place, index) => `${roles[index] ?? ""} ${place ?? ""}`));
  return curves.map((curve, index) => {
    const role = roles[index] ?? "other";
    const known = wanted[index] ?? null;
    if (role === "main" || known !== null) return curveLook(role, known ?? 0);
    const count = role === "control" ? controlDashes.length : dashes.length;
    const first = numberOf(curveKey(curve)) % count;
    const free = Array.from({ length: count }, (_, step) => (first + step) % count).find(
      (place) => !taken.has(`${role} ${place}`),
    );
    taken.add(`${role} ${free ?? first}`);
    return curveLook(role, free ?? first);
  });
}

function numberOf(text: string): number {
  return Array.from(text).reduce(
    (sum, letter) => (31 * sum + (letter.codePointAt(0) ?? 0)) % 65_521,
    0,
  );
}
