/** docs/reproduction.md from recorded reports and the zoo's manifest. */
import type { ZooManifest } from "../core/nets/zoo-manifest";
import type { Claim, Preset } from "../experiment/figures/figure";
import { largest } from "../experiment/figures/verdicts";
import { presetNames, type PresetName } from "../experiment/figures";
import type { Recorded, CurveReport } from "../experiment/report";
import { curvesOf, type Curve } from "../experiment/spec";
import { tableOne } from "../experiment/table-one";
import { sketchesOf } from "./recorded";

const head = `# The paper's claims, and what we find

Bansal, Nakkiran & Barak 2021, "Revisiting Model Stitching to Compare Neural Representations", at the lab's scale: small
networks on CIFAR-10, stitches fitted to 10,000 images, errors on all 10,000 test images. A penalty is that of the best
stitch: where the command below does not say otherwise, stitches start from least squares and are trained until they
settle (\`quick\`), which comes closer to it than four epochs of the paper's protocol from random weights do. Penalties are percentage points of test error, ± one standard error of the paired difference over the
test images; seeds of networks and stitches vary more. The paper's numbers are single runs, read off its plots. A
claim holds when twice the standard error does not speak against it.

Made by \`npm run reproduction\` from the reports in public/recorded and the manifest of the zoo; do not edit by hand.
`;

type Presets = Readonly<Record<PresetName, Preset>>;
type Claims = Readonly<Record<PresetName, readonly Claim[]>>;
type Reports = ReadonlyMap<PresetName, Recorded>;

export function reproductionText(
  presets: Presets,
  claims: Claims,
  recorded: Reports,
  zoo: ZooManifest,
): string {
  const sources = [...recorded].flatMap(([name, { command, date, report, apart = [] }]) => [
    `- ${name}: \`${command}\`, ${date}, ${report.backend}`,
    ...apart.map(
      (other) => `  - its curve ${other.curve + 1} apart: ${other.date}, ${other.backend}`,
    ),
  ]);
  return [
    head,
    ...claimTable(presets, claims, recorded, zoo),
    "",
    "## Table 1: CKA and stitching side by side",
    "",
    "What each says of two networks that differ in one thing: the paper in words, ours as the lowest and the highest over",
    "all layers of the recorded figures' curves (debiased linear CKA; penalties in points).",
    "",
    ...comparisonTable(recorded),
    "",
    "## Stitching connectivity: every recorded curve",
    "",
    "Over the layers: the mean and the largest penalty, and the range of debiased linear CKA. Errors are per cent.",
    "",
    ...curveTable(presets, recorded),
    "",
    "## The networks",
    "",
    ...networkTable(zoo),
    "",
    "## Where the numbers come from",
    "",
    ...sources,
    "",
  ].join("\n");
}

function claimTable(
  presets: Presets,
  claims: Claims,
  recorded: Reports,
  zoo: ZooManifest,
): string[] {
  const rows = presetNames.flatMap((name) => {
    const { title, figure, spec } = presets[name];
    const found = recorded.get(name);
    const absent = absentNetworks(curvesOf(spec), zoo);
    const waiting = absent.length === 0 ? "not recorded yet" : `waits for ${absent.join(", ")}`;
    return claims[name].map(({ statement, paper, verdict }) => {
      const { ours, holds } = found ? verdict(found.report) : { ours: waiting, holds: null };
      const held = holds === null ? "" : holds ? "yes" : "**no**";
      return `| ${title} | ${figure ?? ""} | ${statement} | ${paper} | ${ours} | ${held} |`;
    });
  });
  return [
    "| preset | figure | claim | paper | ours | holds |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ];
}

function absentNetworks(curves: readonly Curve[], zoo: ZooManifest): string[] {
  const ids = new Set(curves.flatMap(({ top, bottom }) => [top, bottom]));
  return [...ids].filter((id) => !zoo.models.some((model) => model.id === id));
}

function comparisonTable(recorded: Reports): string[] {
  const rows = tableOne(sketchesOf(recorded)).map(
    ({ difference, paper, cka, penalty, figures }) => {
      const ours = cka ? cka.map(two).join(" to ") : "not recorded yet";
      const costs = penalty ? penalty.map(signed).join(" to ") : "not recorded yet";
      return `| ${[difference, paper.cka, ours, paper.stitching, costs, figures.join(", ")].join(" | ")} |`;
    },
  );
  return [
    "| they differ in | CKA, paper | CKA, ours | stitching, paper | penalty, ours | figures |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ];
}

function curveTable(presets: Presets, recorded: Reports): string[] {
  const rows = [...recorded].flatMap(([name, { report }]) => {
    const preset = presets[name];
    return curvesOf(preset.spec).flatMap((curve, k) => {
      const found = report.curves[k];
      return found ? [curveRow(preset.title, curve, found)] : [];
    });
  });
  return [
    "| preset | bottom | top | stitch | error of bottom | error of top | mean penalty | largest penalty | CKA |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
  ];
}

function curveRow(title: string, { family, perturbation }: Curve, report: CurveReport): string {
  const { top, bottom, sites } = report;
  const mean = sites.reduce((sum, { penalty }) => sum + penalty, 0) / sites.length;
  const worst = largest(report);
  const ckas = sites.flatMap(({ cka }) => (cka === null ? [] : [cka]));
  const range =
    ckas.length === 0 ? "" : [Math.min(...ckas), Math.max(...ckas)].map(two).join(" to ");
  const stitch = perturbation === "none" ? family : `${family}, ${perturbation}`;
  return `| ${[
    title,
    bottom.id,
    top.id,
    stitch,
    (100 * bottom.testError).toFixed(1),
    (100 * top.testError).toFixed(1),
    signed(mean),
    `${signed(worst.penalty)} at ${worst.name}`,
    range,
  ].join(" | ")} |`;
}

function networkTable(zoo: ZooManifest): string[] {
  const rows = zoo.models.map((model) => {
    const robust = model.robust
      ? `; ${percent(1 - model.robust.testError)} under ${model.robust.attack}`
      : "";
    return `| ${model.id} | ${percent(1 - model.testError)}${robust} | ${model.summary} |`;
  });
  return ["| network | correct on the test images | |", "| --- | --- | --- |", ...rows];
}

function two(value: number): string {
  return value.toFixed(2).replace("-", "−");
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

function signed(fraction: number): string {
  const text = Math.abs(100 * fraction).toFixed(1);
  if (Number(text) === 0) return "0.0";
  return `${fraction < 0 ? "−" : "+"}${text}`;
}
