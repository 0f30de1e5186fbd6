/** The exported figures of all recorded results at each size, read as text. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { zooManifestSchema } from "../../../../../src/core/nets/zoo-manifest";
import { recordedNames, presets } from "../../../../../src/experiment/figures";
import { recordedSchema } from "../../../../../src/experiment/report";
import { contrast } from "../../../../../src/lab/grid/heat-scale";
import { chartSvg } from "../../../../../src/lab/share/charts/svg/chart-svg";
import { figureSizes } from "../../../../../src/lab/share/charts/figure-size";
import { recordedPicture } from "../../picture/recorded-picture";

const read = (path: string): unknown => JSON.parse(readFileSync(`public/${path}`, "utf8"));
const { models } = zooManifestSchema.parse(read("zoo/manifest.json"));

describe.each(recordedNames)("%s", (name) => {
  const { report } = recordedSchema.parse(read(`recorded/${name}.json`));
  const { penalty, similarity, axis, curves } = recordedPicture(name, report, models);
  const caption = presets[name].claim;

  test.each(Object.values(figureSizes))("$label", (size) => {
    const chart = { plots: [penalty, similarity], axis, caption, source: "https://lab.example/" };
    const { text } = chartSvg(chart, size);
    const words = [...text.matchAll(/<text [^>]*>([^<]*)</g)].map(([, found]) => found).join(" ");
    for (const curve of curves) expect(words).toContain(curve.name);
    for (const line of [penalty.title, similarity.title, caption]) expect(words).toContain(line);
    if (penalty.strip) expect(words).toMatch(/own scale 0 to \d+/);
    if (size.unit === "pt") expect(text).toMatch(`width="${size.suffix}" height=`);
    const letters = [...text.matchAll(/font-size="([\d.]+)"/g)].map(([, found]) => Number(found));
    expect(Math.min(...letters)).toBeGreaterThanOrEqual(7);
    const lines = [...text.matchAll(/stroke-width="([\d.]+)"/g)].map(([, found]) => Number(found));
    // A printer's thinnest line is a quarter of a point.
    expect(Math.min(...lines)).toBeGreaterThanOrEqual(0.4);
    for (const [, ink = ""] of text.matchAll(/<text [^>]*fill="(#\w+)"/g)) {
      expect(contrast(ink, "#ffffff"), ink).toBeGreaterThanOrEqual(4.5);
    }
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    expect(text.length).toBeLessThan(30_000);
  });
});
