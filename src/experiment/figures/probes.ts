import type { ProbeResult } from "../probes";
import type { CurveReport } from "../report";
import { withProbes } from "../spec";
import { type Claim, type Preset, recordedSpec } from "./figure";
import { curveOf, penaltyText } from "./verdicts";

export const probes: Preset = {
  title: "Linear probes",
  figure: "Section 2",
  group: "cka",
  names: ["another seed", "untrained", "learned without labels"],
  claim:
    "Linear probes rank how much of the answer each layer holds. Stitching asks whether two networks’ layers can stand in for each other.",
  scale: "ResNet-18 with 16 filters; probes are fitted to 10,000 images.",
  spec: withProbes(
    recordedSpec("resnet18-w16-s0", "resnet18-w16-s1", [
      { bottom: "resnet18-w16-random" },
      { bottom: "resnet18-w16-simclr" },
    ]),
    ["pooled"],
  ),
  lookFor:
    "Probes of two seeds agree at every layer. Choose the curve of the untrained network: at block 1 its probe is 9 points from A’s, yet stitching it costs 19.",
  question:
    "A linear classifier is trained on every layer of a network. Does it tell which layers of another network could take their place?",
};

export const probesClaims = (): readonly Claim[] => [
  {
    statement: "Probes rank depth: the deeper the layer, the more of the answer it holds.",
    paper: "no numbers",
    verdict(report) {
      const errors = probesOf(curveOf(report), "top");
      const [first, last] = [errors[0], errors.at(-1)];
      const rises = errors.slice(1).map((probe, k) => {
        const before = errors[k] ?? probe;
        return probe.testError - before.testError - 2 * bothErrors(probe, before);
      });
      return {
        ours: `${first ? errorText(first) : ""} to ${last ? errorText(last) : ""}`,
        holds: Math.max(...rises) <= 0,
      };
    },
  },
  {
    statement: "Two seeds have the same probe errors, layer by layer.",
    paper: "no numbers",
    verdict(report) {
      const pairs = pairsOf(curveOf(report));
      const apart = pairs.reduce((a, b) => (gapOf(b) > gapOf(a) ? b : a));
      return { ours: `apart by at most ${gapText(apart)}`, holds: gapOf(apart) < 0.03 };
    },
  },
  {
    statement:
      "Layers with nearly the same probe error need not be exchangeable: an untrained bottom may cost many points all the same.",
    paper: "no numbers",
    verdict(report) {
      const untrained = curveOf(report, 1);
      const close = pairsOf(untrained).filter((pair) => gapOf(pair) < 0.1);
      const sites = untrained.sites.filter(({ site }) => close.some(({ tap }) => tap === site));
      const worst = sites.toSorted((a, b) => b.penalty - a.penalty)[0];
      const pair = close.find(({ tap }) => tap === worst?.site);
      if (!worst || !pair) return { ours: "no layer within 10 points", holds: false };
      return {
        ours: `${penaltyText(worst)}, where probes are apart by ${gapText(pair)}`,
        holds: worst.penalty - 2 * worst.penaltyStandardError >= 0.1,
      };
    },
  },
];

/** In the order of the layers. */
function probesOf({ probes = [] }: CurveReport, role: ProbeResult["role"]): ProbeResult[] {
  return probes
    .filter((probe) => probe.role === role && probe.representation === "pooled")
    .toSorted((a, b) => a.tap - b.tap);
}

interface Pair {
  readonly tap: number;
  readonly top: ProbeResult;
  readonly bottom: ProbeResult;
}

function pairsOf(curve: CurveReport): Pair[] {
  const bottoms = probesOf(curve, "bottom");
  return probesOf(curve, "top").flatMap((top) => {
    const bottom = bottoms.find(({ tap }) => tap === top.tap);
    return bottom ? [{ tap: top.tap, top, bottom }] : [];
  });
}

function gapOf({ top, bottom }: Pair): number {
  return Math.abs(top.testError - bottom.testError);
}

function gapText(pair: Pair): string {
  return `${(100 * gapOf(pair)).toFixed(1)} ± ${(100 * bothErrors(pair.top, pair.bottom)).toFixed(1)} at ${pair.top.name}`;
}

function errorText({ testError, testErrorStandardError, name }: ProbeResult): string {
  return `${(100 * testError).toFixed(1)} ± ${(100 * testErrorStandardError).toFixed(1)}% at ${name}`;
}

function bothErrors(a: ProbeResult, b: ProbeResult): number {
  return Math.hypot(a.testErrorStandardError, b.testErrorStandardError);
}
