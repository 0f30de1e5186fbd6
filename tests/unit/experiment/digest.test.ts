import { describe, expect, test } from "vitest";
import type { Architecture } from "../../../src/core/nets/architecture-schema";
import { seeded } from "../../../src/core/random/generator";
import { readAddress, writeAddress } from "../../../src/experiment/address/address";
import {
  digestOf,
  isShort,
  readDigest,
  writeDigest,
  type Digest,
} from "../../../src/experiment/address/digest";
import {
  defaultSpec,
  withFirstCurve,
  withOtherCurves,
  type Spec,
} from "../../../src/experiment/spec";
import { curveReport, report, siteResult } from "../lab/fakes";

const myrtle: Architecture = { family: "myrtle", width: 16 };
const models = ["myrtle-w16-s0", "myrtle-w16-s1"].map((id) => ({ id, architecture: myrtle }));
const spec: Spec = defaultSpec("myrtle-w16-s0", "myrtle-w16-s1", "glance");
const digest: Digest = [
  [
    { penalty: 0.0115, standardError: 0.0012, cka: 0.987 },
    { penalty: -0.0003, standardError: 0, cka: -0.02 },
    null,
    { penalty: 0.9, standardError: 0.01, cka: null },
  ],
];
const text = "2:115.12.987,-3.0.-20,x,9000.100.x";
const alone = (penalty: number) => ({ penalty, standardError: null });
const old: Digest = [[alone(0.0115), alone(-0.0003), null, alone(0.9)]];

describe("a digest", () => {
  test("is short, and is read back as it was written", () => {
    expect(writeDigest(digest)).toBe(text);
    expect(readDigest(text)).toEqual(digest);
  });

  test("of an earlier version has penalties alone, and is written as it was", () => {
    expect(readDigest("1:115,-3,x,9000")).toEqual(old);
    expect(writeDigest(old)).toBe("1:115,-3,x,9000");
  });

  test("has penalties alone where the link would be too long", () => {
    const curve = Array.from({ length: 500 }, () => ({ ...alone(0.01), standardError: 0.002 }));
    expect(writeDigest([curve.slice(0, 300)])).toMatch(/^2:100\.20\.x,/);
    expect(isShort([curve.slice(0, 300)])).toBe(true);
    expect(writeDigest([curve])).toMatch(/^1:100,100,/);
    expect(isShort(Array.from({ length: 12 }, () => curve))).toBe(false);
  });

  test("holds every site of every curve in order, to a hundredth of a point, failures as gaps", () => {
    const whole = report(spec, [
      { ...siteResult(2), penalty: -0.000_04 },
      { ...siteResult(0), penalty: 0.012_345 },
    ]);
    const [curve] = whole.curves;
    const failures = [
      { site: 1, name: "stage 2", reason: "diverged", step: 3, seed: 0, found: "NaN" } as const,
    ];
    const found = digestOf({ ...whole, curves: [{ ...curve, failures }] });
    expect(writeDigest(found)).toBe("2:123.100.800,x,0.100.800");
    const control = curveReport(spec.curves[0], [siteResult(0, { penalty: 0.002 })]);
    const both = digestOf({ ...whole, curves: [{ ...curve, failures }, control] });
    expect(writeDigest(both)).toBe("2:123.100.800,x,0.100.800;20.100.800");
  });

  test.each([
    "",
    "115",
    "2:1,2",
    "2:1.2",
    "2:1.-2.3",
    "2:1.2.3.4",
    "2:1.2.1001",
    "2:1..3",
    "3:1",
    "1:",
    "1:1,,2",
    "1:01",
    "1:-0",
    "1:1e3",
    "1:10001",
    "1:1;",
    "1: 1",
  ])("%j is none", (text) => {
    expect(readDigest(text)).toBeNull();
  });
});

describe("in an address", () => {
  test("it comes last, and is read back", () => {
    const hash = writeAddress({ spec, backend: null, digest });
    expect(hash).toMatch(/&digest=2:115\.12\.987,-3\.0\.-20,x,9000\.100\.x$/);
    expect(readAddress(hash, models)).toEqual({ spec, backend: null, digest, problems: [] });
  });

  test("one with another number of sites or curves is refused, and the rest is used", () => {
    const hash = writeAddress({ spec, backend: "wasm" });
    for (const text of ["1:1,2,3", "1:1,2,3,4;1,2,3,4", "nonsense"]) {
      const { problems, ...address } = readAddress(`${hash}&digest=${text}`, models);
      expect(address).toEqual({ spec, backend: "wasm" });
      expect(problems).toEqual([
        {
          parameter: "digest",
          found: text,
          expected:
            "1: and penalties in hundredths of a point, such as 115,-3,x, or 2: and PENALTY.ERROR.CKA, such as 115.12.987,x, at 4 sites",
          instead: "made no comparison",
        },
      ]);
    }
  });

  test("it must match the requested sites and the curves", () => {
    const [first] = spec.curves;
    const other = { ...first, bottom: first.top };
    const asked: Spec = { ...withOtherCurves(spec, [other]), sites: [1, 3] };
    const both: Digest = [
      [alone(0), alone(0.01)],
      [null, alone(0.02)],
    ];
    const hash = writeAddress({ spec: asked, backend: null, digest: both });
    expect(readAddress(hash, models)).toMatchObject({ spec: asked, digest: both, problems: [] });
  });

  test("a missing network allows any number of sites", () => {
    const top = `sha256:${"0af9".repeat(16)}`;
    const elsewhere = withFirstCurve(spec, { top });
    const hash = writeAddress({ spec: elsewhere, backend: null, digest: [[alone(0), alone(0)]] });
    expect(readAddress(hash, models).digest).toEqual([[alone(0), alone(0)]]);
  });

  test("further curves of a missing network keep their results", () => {
    const ref = `sha256:${"0af9".repeat(16)}`;
    const own = withOtherCurves(withFirstCurve(spec, { top: ref }), [
      { ...spec.curves[0], bottom: "myrtle-w16-s0", top: ref },
    ]);
    const both: Digest = [[alone(0)], [alone(0.3)]];
    const hash = writeAddress({ spec: own, backend: null, digest: both });
    expect(readAddress(hash, models)).toMatchObject({ spec: own, digest: both, problems: [] });
  });

  test("random text never throws", () => {
    const random = seeded(11);
    const alphabet = Array.from("12:;,x-059 e.%");
    for (let k = 0; k < 2_000; k++) {
      const text = Array.from({ length: random.below(30) }, () => {
        return alphabet[random.below(alphabet.length)] ?? "";
      }).join("");
      const found = readDigest(text);
      if (found !== null) expect(readDigest(writeDigest(found))).toEqual(found);
    }
  });
});
