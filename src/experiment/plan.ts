/** Plans the tasks of a spec. */
import { cifar10Form } from "../core/data/cifar10";
import { namesOfClasses, sameForm } from "../core/data/form";
import { formOf, imagesIn, shardsFor, type DataManifest, type Split } from "../core/data/manifest";
import { LabError } from "../core/errors";
import {
  classesOf,
  hasHead,
  imageShapeText,
  inputOf,
  tapsOf,
  type Architecture,
} from "../core/nets/architecture";
import { hasFreshTop, isClosedForm, kernelSide, shareOf, trainedRankOf } from "./family";
import { batchSize, passesWhole, protocols } from "./protocol";
import { sitesOf, type NamedSite } from "./sites";
import { sitesAsked, type CurveSpec } from "./spec";
import type {
  BaselineTask,
  ClosedFormTask,
  FamilyTask,
  FreshTopTask,
  ImagesRef,
  LeastSquaresTask,
  MeasuresTask,
  ProbeTask,
  SimilarityTask,
  StitchTask,
  Task,
} from "./task";

/** A network as a plan needs it. */
export interface ModelIdentity {
  readonly id: string;
  readonly sha256: string;
  readonly architecture: Architecture;
}

export interface Plan {
  /** The bottom's is null where it has no head. */
  readonly baselines: { readonly top: BaselineTask; readonly bottom: BaselineTask | null };
  /** Disjoint ranges of the training images, in order; of large images, by groups of sites. */
  readonly closedForm: readonly ClosedFormTask[];
  /** Disjoint ranges of the test images, in order; each for all sites asked for, or a group. */
  readonly leastSquares: readonly LeastSquaresTask[];
  /** As `leastSquares`, for a family in closed form; none for the others. */
  readonly family: readonly FamilyTask[];
  /** All sites asked for, or groups of them. */
  readonly similarity: readonly MeasuredSites[];
  /** One for each tap of either network at the sites asked for; none without probes. */
  readonly probes: readonly ProbeTask[];
  /** One a site asked for; none for a protocol that trains nothing, or a family in closed form. */
  readonly stitches: readonly (StitchTask | FreshTopTask)[];
  /** The sites asked for; one group where images pass in whole batches. */
  readonly groups: readonly SiteGroup[];
  /** Whether images pass a few at a time. */
  readonly largeImages: boolean;
  /** Numbers of the sites asked for. */
  readonly asked: readonly number[];
  /** All sites; a site's number is its index here. */
  readonly sites: readonly NamedSite[];
}

/** Sites whose sums are gathered together. */
export interface SiteGroup {
  /** Their numbers. */
  readonly sites: readonly number[];
  /** Bytes of the moments of all of them. */
  readonly sumBytes: number;
  /** Those of the largest. */
  readonly largestBytes: number;
}

/** Returns the tasks of a plan that are about a group's sites. */
export function tasksAt<T extends { readonly asked?: readonly number[] | undefined }>(
  tasks: readonly T[],
  { sites }: SiteGroup,
): T[] {
  // A task for all sites may carry none.
  return tasks.filter(({ asked }) => !asked || asked[0] === sites[0]);
}

/** Sites whose similarity is measured together. */
export interface MeasuredSites {
  /** Disjoint ranges of the images that it is measured on, in order. */
  readonly passes: readonly SimilarityTask[];
  /** All measures of similarity, from the results of `passes`. */
  readonly measures: MeasuresTask;
}

/** All tasks of a plan, in the order they should run. */
export function tasksOf(plan: Plan): Task[] {
  const { baselines, closedForm, leastSquares, family, similarity, probes, stitches } = plan;
  return [
    baselines.top,
    ...(baselines.bottom ? [baselines.bottom] : []),
    ...closedForm,
    ...leastSquares,
    ...family,
    ...similarity.flatMap(({ passes, measures }) => [...passes, measures]),
    ...probes,
    ...stitches,
  ];
}

/**
 * Images in one task of a pass that is shared out. Fixed: the sums, and with them every number
 * after, must not depend on how many workers there are.
 */
const partImages = 8 * batchSize;

/**
 * @throws LabError `bad-input` when a site asked for does not exist, the data set has too few images,
 *   or its images or classes are not those of a network
 */
export function planOf(
  spec: CurveSpec,
  top: ModelIdentity,
  bottom: ModelIdentity,
  data: DataManifest,
): Plan {
  checkNetworks(spec, top, bottom, data);
  const sites = sitesOf(bottom.architecture, top.architecture, spec.layout);
  const beyond = spec.sites === "all" ? undefined : spec.sites.find((site) => site >= sites.length);
  if (beyond !== undefined) {
    throw new LabError({
      code: "bad-input",
      input: "sites",
      expected: `numbers from 0 to ${sites.length - 1}`,
      found: String(beyond),
    });
  }
  const train = imagesOf(data, "train", spec.trainImages);
  const target = spec.target === "top" ? { agreeWith: top.sha256 } : {};
  const labelled = imagesOf(data, "test", spec.testImages);
  const test = { ...labelled, ...target };
  const perturbation = spec.perturbation === "none" ? {} : { perturbation: spec.perturbation };
  const networks = { bottom: bottom.sha256, top: top.sha256, ...pairsFor(sites), ...perturbation };
  const { training } = protocols[spec.protocol];
  const asked = sitesAsked(spec, sites.length);
  const [side, share] = [kernelSide(spec.family), shareOf(spec.family)];
  const rank = trainedRankOf(spec.family);
  const groups = siteGroups(asked, sites, top.architecture, bottom.architecture);
  const siteLists = groups.map((group) => [...group.sites]);
  const scoring = partsOf(spec.testImages).flatMap((range) =>
    siteLists.map((list) => ({ ...networks, asked: list, train, test, ...range })),
  );
  // Representations depend on no labels.
  const compared = spec.similarityImages === "train" ? train : labelled;
  const inGroup = (list: number[]) =>
    list.length < sites.length ? { ...networks, asked: list } : networks;
  const { family } = spec;
  return {
    sites,
    groups,
    largeImages: !passesWhole(inputOf(top.architecture)),
    asked,
    baselines: {
      top: { type: "baseline", model: top.sha256, images: test },
      bottom: hasHead(bottom.architecture)
        ? { type: "baseline", model: bottom.sha256, images: test }
        : null,
    },
    closedForm: partsOf(train.count).flatMap((range) =>
      siteLists.map((list) => ({ type: "closed-form", ...inGroup(list), images: train, ...range })),
    ),
    leastSquares: scoring.map((part) => ({ type: "least-squares", ...part })),
    family: isClosedForm(family)
      ? scoring.map((part) => ({ type: "family", family, ...part }))
      : [],
    similarity: siteLists.map((list) => ({
      passes: partsOf(compared.count).map((range) => ({
        type: "similarity",
        ...inGroup(list),
        images: compared,
        ...range,
      })),
      measures: { type: "measures", ...networks, asked: list, images: compared },
    })),
    probes: probesOf(spec.probes ?? [], asked, sites, {
      top: { type: "probe", model: top.sha256, train: { ...train, ...target }, test },
      bottom: {
        type: "probe",
        model: bottom.sha256,
        ...(!hasHead(bottom.architecture) && { classes: classesOf(top.architecture) }),
        train: { ...train, ...target },
        test,
      },
    }),
    stitches:
      training === "none" || isClosedForm(family)
        ? []
        : asked.map((site): StitchTask | FreshTopTask => {
            const { epochs, seed } = spec;
            const each = { ...networks, site, train: { ...train, ...target }, test, epochs, seed };
            return family === "fresh-top"
              ? { type: "fresh-top", ...each }
              : {
                  type: "stitch",
                  ...each,
                  training,
                  ...(side && { side }),
                  ...(share && { share }),
                  ...(rank && { rank }),
                };
          }),
  };
}

/** Tasks of a network's probes, but for what they read. */
type Probed = Omit<ProbeTask, "tap" | "representation">;

function probesOf(
  representations: readonly ProbeTask["representation"][],
  asked: readonly number[],
  sites: readonly NamedSite[],
  { top, bottom }: Readonly<Record<"top" | "bottom", Probed>>,
): ProbeTask[] {
  const tapsAsked = (end: "topTap" | "bottomTap"): number[] =>
    [...new Set(asked.flatMap((site) => sites[site]?.[end] ?? []))].sort((a, b) => a - b);
  const ofNetwork = (network: Probed, taps: readonly number[]): ProbeTask[] =>
    representations.flatMap((representation) =>
      taps.map((tap) => ({ ...network, tap, representation })),
    );
  // A network stitched to itself has its probes once.
  const isSelf = top.model === bottom.model;
  const own = tapsAsked("topTap");
  const others = tapsAsked("bottomTap").filter((tap) => !isSelf || !own.includes(tap));
  return [...ofNetwork(top, own), ...ofNetwork(bottom, others)];
}

/**
 * @throws LabError `bad-input` naming a network whose images or classes are not those of the data
 *   set or, where the stitched network is to agree with its top, not those of the top; or a top that
 *   has no head, or that cannot be trained from scratch and has to be
 */
function checkNetworks(
  { target, family }: Pick<CurveSpec, "target" | "family">,
  top: ModelIdentity,
  bottom: ModelIdentity,
  data: DataManifest,
): void {
  if (family === "fresh-top" && !hasFreshTop(top.architecture)) {
    throw new LabError({
      code: "bad-input",
      input: `${top.id}, whose upper layers are to be trained from scratch`,
      expected: "parameters with PyTorch’s names, for images of at most 32 × 32 pixels",
      found: `${top.architecture.family}, for ${imageShapeText(inputOf(top.architecture))}`,
    });
  }
  if (!hasHead(top.architecture)) {
    throw new LabError({
      code: "bad-input",
      input: `${top.id}, the top`,
      expected: "a network with a head, which gives the answers",
      found: "a trunk without one; fit a linear head to it, or add its own",
    });
  }
  const has = imageShapeText(data);
  for (const { id, architecture } of [top, bottom]) {
    const refused = (expected: string, found: string): LabError =>
      new LabError({ code: "bad-input", input: id, expected, found });
    const reads = imageShapeText(inputOf(architecture));
    if (reads !== has) {
      throw refused(`a network for ${data.name}’s images of ${has}`, `one for ${reads}`);
    }
    // It answers nothing, and only its lower layers are used.
    if (id === bottom.id && !hasHead(architecture)) continue;
    const classes = classesOf(architecture);
    if (target === "top") {
      const wanted = classesOf(top.architecture);
      if (classes !== wanted) throw refused(`the top’s ${wanted} classes`, String(classes));
    } else if (namesOfClasses(data.classes, classes) === null) {
      const known = [data.classes.names, ...data.classes.groupings.map(({ names }) => names)];
      const counts = known.map(({ length }) => length).join(" or ");
      throw refused(`a network for ${data.name}’s ${counts} classes`, `one for ${classes}`);
    }
  }
}

/** Most bytes of the sums over products of channels that one task gathers at several sites. */
const mostSumBytes = 100e6;

/**
 * Divides the sites into groups for networks of large images, whose last layers have thousands of
 * channels: the sums of all of them would not fit into memory together.
 */
function siteGroups(
  asked: readonly number[],
  sites: readonly NamedSite[],
  top: Architecture,
  bottom: Architecture,
): SiteGroup[] {
  const [topTaps, bottomTaps] = [tapsOf(top), tapsOf(bottom)];
  const most = passesWhole(inputOf(top)) ? Infinity : mostSumBytes;
  const groups: SiteGroup[] = [];
  for (const site of asked) {
    const { bottomTap = 0, topTap = 0 } = sites[site] ?? {};
    const c1 = bottomTaps[bottomTap]?.channels ?? 0;
    const c2 = topTaps[topTap]?.channels ?? 0;
    const bytes = Float64Array.BYTES_PER_ELEMENT * (c1 * c1 + c1 * c2 + c2 * c2);
    const before = groups.at(-1);
    if (!before || before.sumBytes + bytes > most) {
      groups.push({ sites: [site], sumBytes: bytes, largestBytes: bytes });
    } else {
      groups[groups.length - 1] = {
        sites: [...before.sites, site],
        sumBytes: before.sumBytes + bytes,
        largestBytes: Math.max(before.largestBytes, bytes),
      };
    }
  }
  return groups;
}

/** Images 0 up to `count` in ranges of a fixed size, the last of which may be shorter. */
export function partsOf(count: number): { first: number; end: number }[] {
  return Array.from({ length: Math.ceil(count / partImages) }, (_, part) => ({
    first: part * partImages,
    end: Math.min(count, (part + 1) * partImages),
  }));
}

/** Nothing where tap k meets tap k: tasks of corresponding networks have always been without. */
function pairsFor(sites: readonly NamedSite[]): { sites?: [number, number][] } {
  const plain = sites.every(({ bottomTap, topTap }, k) => bottomTap === k && topTap === k);
  return plain ? {} : { sites: sites.map(({ bottomTap, topTap }) => [bottomTap, topTap]) };
}

/**
 * Names the first `count` images of a split.
 *
 * @throws LabError `bad-input` where the data set has fewer
 */
export function imagesOf(data: DataManifest, split: Split, count: number): ImagesRef {
  const held = imagesIn(data[split]);
  if (count > held) {
    throw new LabError({
      code: "bad-input",
      input: split === "train" ? "training images" : "test images",
      expected: `at most ${held}, as many as ${data.name} has`,
      found: String(count),
    });
  }
  const shards = shardsFor(data[split], count).map(({ sha256 }) => sha256);
  const form = formOf(data);
  return { split, count, shards, ...(!sameForm(form, cifar10Form) && { form }) };
}
