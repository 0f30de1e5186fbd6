/** Addresses gone wrong: what fast-check draws when it is to break the reader of addresses. */
import { cifar10Form } from "../../../src/core/data/cifar10";
import fc from "fast-check";
import type { DataManifest } from "../../../src/core/data/manifest";
import type { Architecture } from "../../../src/core/nets/architecture-schema";
import {
  longestProblem,
  mostProblems,
  readAddress,
  writeAddress,
  type AddressProblem,
} from "../../../src/experiment/address/address";
import { planOf } from "../../../src/experiment/plan/plan";
import { curvesOf, specSchema, type CurveSpec } from "../../../src/experiment/spec";

/** Networks with 9 and with 4 taps, so that curves of one address have different sites. */
const resnet18: Architecture = { family: "resnet", blocks: [2, 2, 2, 2], width: 16 };
const myrtle: Architecture = { family: "myrtle", width: 16 };
export const models = [
  { id: "resnet18-w16-random", architecture: resnet18 },
  { id: "resnet18-w16-s0", architecture: resnet18 },
  { id: "resnet18-w16-s1", architecture: resnet18 },
  { id: "myrtle-w16-s0", architecture: myrtle },
  { id: "myrtle-w16-s1", architecture: myrtle },
];

const ids = [...models.map(({ id }) => id), `sha256:${"0af9".repeat(16)}`, "vgg16"];
const seeds = ["0", "1", "7", "2147483647"];
const families = ["affine", "kernel-3", "orthogonal", "rank-7", "rank-0"];
const perturbations = ["none", "shuffled", "noise-3", "class-noise"];
const objectives = ["task", "match", "functional", "shuffled-labels", "depth"];
const siteLists = ["all", "0", "3", "0,3", "8", "0,3,8", "0,3,8,80", "3,0", "9999"];

const otherCurve = fc
  .tuple(
    fc.constantFrom(...ids),
    fc.constantFrom(...ids),
    fc.constantFrom(...seeds),
    fc.constantFrom(...families),
    fc.constantFrom(...perturbations),
    fc.constantFrom(...objectives),
    fc.integer({ min: 1, max: 6 }),
  )
  .map(([bottom, top, seed, family, perturbation, objective, parts]) =>
    [bottom, top, seed, family, perturbation, objective].slice(0, parts).join(","),
  );

/** Text that pages, objects or regular expressions have a weakness for. */
const hostile = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "<img src=x onerror=alert(1)>", "javascript:0", ""),
  fc.constantFrom("%E0%A4%A", "%00", "\u2028", "𝕏", "\ud800", "1e3", "-1", "0x1", "٣"),
  fc.constantFrom("x".repeat(5_000), "0,".repeat(5_000), ";".repeat(5_000), "%41".repeat(2_000)),
  fc.string({ maxLength: 12 }),
);

/** Mostly texts that a parameter may have; those of several parameters in one address often clash. */
function parameter(name: string, texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const text = fc.oneof({ weight: 7, arbitrary: texts }, { weight: 1, arbitrary: hostile });
  return text.map((value) => `${name}=${value}`);
}

const piece = fc.oneof(
  parameter("v", fc.constantFrom("1", "2", "3")),
  parameter("bottom", fc.constantFrom(...ids)),
  parameter("top", fc.constantFrom(...ids)),
  parameter("protocol", fc.constantFrom("glance", "quick", "paper")),
  parameter("layout", fc.constantFrom("diagonal", "grid")),
  parameter("sites", fc.constantFrom(...siteLists)),
  parameter("taps", fc.constantFrom(...siteLists)),
  parameter("train", fc.constantFrom("127", "128", "50000", "50001")),
  parameter("test", fc.constantFrom("0", "1", "10000", "10001")),
  parameter("epochs", fc.constantFrom("0", "1", "4", "1000", "1001")),
  parameter("seed", fc.constantFrom(...seeds)),
  parameter("permutations", fc.constantFrom("none", "0", "199", "200", "1000", "1001")),
  parameter("departure", fc.constantFrom("0", "1", "2", "true")),
  parameter("family", fc.constantFrom(...families)),
  parameter("perturbation", fc.constantFrom(...perturbations)),
  parameter("objective", fc.constantFrom(...objectives)),
  parameter("altered", fc.constantFrom(...perturbations)),
  parameter(
    "also",
    fc.array(otherCurve, { maxLength: 14 }).map((curves) => curves.join(";")),
  ),
  parameter("figure", fc.constantFrom("similar", "random", "seeds", "nosuch")),
  parameter("backend", fc.constantFrom("wasm", "cpu", "cuda")),
  parameter(
    "digest",
    fc.constantFrom("1:1,2,x,4", "1:115,-3,x;1,2", "2:1", "1:", "2:1.2.3,x,-4.5.x,6.7.-8"),
  ),
  hostile,
);

/** Replaces a stretch of a text by another text. */
function spliced(text: string, at: number, length: number, by: string): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + by + text.slice(start + length);
}

export const mutatedAddress: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(piece, { maxLength: 18 }),
    fc.array(
      fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom("&", "=", ",", ";", "%", "#", "0", "")),
      {
        maxLength: 2,
      },
    ),
  )
  .map(([pieces, changes]) =>
    changes.reduce(
      (text, [at, length, by]) => spliced(text, at, length, by),
      `#${pieces.join("&")}`,
    ),
  );

/** As large as CIFAR-10. */
const data: DataManifest = {
  version: 2,
  name: "CIFAR-10",
  source: "invented",
  ...cifar10Form,
  imagesPerShard: 50_000,
  train: [{ file: "train.bin", images: 50_000, sha256: "a".repeat(64) }],
  test: [{ file: "test.bin", images: 10_000, sha256: "b".repeat(64) }],
};

/**
 * Throws unless what an address reads as is a valid spec that can be planned, has problems of
 * bounded length, and comes back from its own address.
 */
export function claimReadable(hash: string): void {
  const { problems, ...address } = readAddress(hash, models);
  if (!specSchema.safeParse(address.spec).success) throw new Error("no valid spec");
  claimBounded(problems);
  for (const curve of curvesOf(address.spec)) plan(curve);
  const written = writeAddress(address);
  const again = readAddress(written, models);
  if (again.problems.length > 0) {
    throw new Error(`${written} is not read without problems: ${JSON.stringify(again.problems)}`);
  }
  if (writeAddress(again) !== written) throw new Error(`${written} reads as another one`);
}

/** Plans a curve as far as its networks are here; a file may be given later. */
function plan(curve: CurveSpec): void {
  const [top, bottom] = [curve.top, curve.bottom].map((id) => {
    const model = models.find((candidate) => candidate.id === id);
    return model && { ...model, sha256: id };
  });
  if (top && bottom) planOf(curve, top, bottom, data);
}

export function claimBounded(problems: readonly AddressProblem[]): void {
  if (problems.length > mostProblems + 1) throw new Error(`${problems.length} problems`);
  for (const problem of problems) {
    const { length } = Object.values(problem).join("");
    if (length > longestProblem) throw new Error(`a problem of ${length} characters`);
  }
}

/** Long addresses of the kinds that once took a time that grows with the square of their length. */
export function longAddresses(length: number): readonly string[] {
  const repeated = (text: string): string => text.repeat(Math.ceil(length / text.length));
  const many = Array.from({ length: Math.ceil(length / 10) }, (_, k) => `n${k}=1&`).join("");
  return [
    repeated("top=x&"),
    many,
    repeated("&"),
    repeated("hide=x&"),
    `top=${repeated("x")}`,
    `sites=${repeated("0,")}`,
    `bottom=sha256:${"0".repeat(64)}&sites=${Array.from({ length: 9_999 }, (_, k) => k).join(",")}`,
    `also=${repeated("resnet18-w16-random;")}`,
    `digest=1:${repeated("1,")}`,
    repeated("%"),
  ].map((text) => `#${text.slice(0, length)}`);
}
