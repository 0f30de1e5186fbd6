/** Plans the tasks of a spec. */
import type { DataManifest } from "../../core/data/manifest";
import { LabError } from "../../core/errors";
import { classesOf, hasHead, inputOf } from "../../core/nets/architecture";
import { departureImages } from "../departure";
import { isClosedForm, kernelSide, shareOf, trainedRankOf } from "../family";
import { trainedObjectives } from "../objective";
import { passesWhole } from "../protocol";
import { tapsOf } from "../../core/nets/taps";
import { sitesOf, type NamedSite } from "../sites";
import { sitesAsked, trainingOfCurve, type CurveSpec } from "../spec";
import { checkNetworks, type ModelIdentity } from "./check-networks";
import { imagesOf, partsOf } from "./images";
import { siteGroups, type SiteGroup } from "./site-groups";
import type {
  BaselineTask,
  ClosedFormTask,
  DepartureTask,
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
  /** One a site asked for; none where a curve's stitches are not trained. */
  readonly stitches: readonly (StitchTask | FreshTopTask)[];
  /** One a site asked for that has a stitch; none where departures are not measured. */
  readonly departures: readonly DepartureTask[];
  /** The sites asked for; one group where images pass in whole batches. */
  readonly groups: readonly SiteGroup[];
  /** Whether images pass a few at a time. */
  readonly largeImages: boolean;
  /** Numbers of the sites asked for. */
  readonly asked: readonly number[];
  /** All sites; a site's number is its index here. */
  readonly sites: readonly NamedSite[];
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
  const { baselines, closedForm, leastSquares, family, similarity, probes, stitches, departures } =
    plan;
  return [
    baselines.top,
    ...(baselines.bottom ? [baselines.bottom] : []),
    ...closedForm,
    ...leastSquares,
    ...family,
    ...similarity.flatMap(({ passes, measures }) => [...passes, measures]),
    ...probes,
    ...stitches,
    ...departures,
  ];
}

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
  const pairs = pairsFor(sites, bottom, top);
  const networks = { bottom: bottom.sha256, top: top.sha256, ...pairs, ...perturbation };
  const training = trainingOfCurve(spec);
  const objective = trainedObjectives.find((name) => name === spec.objective);
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
  const { family, permutations } = spec;
  const isPermuted = permutations !== undefined && { permutations };
  const stitches: (StitchTask | FreshTopTask)[] =
    training === "none"
      ? []
      : asked.map((site) => {
          const { epochs, seed } = spec;
          const answers =
            spec.objective === "shuffled-labels" ? { ...target, shuffledBy: seed } : target;
          const each = { ...networks, site, train: { ...train, ...answers }, test, epochs, seed };
          return family === "fresh-top"
            ? { type: "fresh-top", ...each }
            : {
                type: "stitch",
                ...each,
                training,
                ...(side && { side }),
                ...(share && { share }),
                ...(rank && { rank }),
                ...(objective && { objective }),
              };
        });
  const departureAt = (site: number): DepartureTask[] => {
    const trained = stitches.find((task) => task.site === site);
    if (trained?.type === "fresh-top") return [];
    const first = (split: "train" | "test", count: number): ImagesRef =>
      imagesOf(data, split, Math.min(departureImages, count));
    const [fit, asking] = [first("train", train.count), first("test", labelled.count)];
    const stitch =
      trained ??
      (isClosedForm(family)
        ? { type: "family" as const, family, train }
        : { type: "least-squares" as const, train });
    return [{ type: "departure", ...networks, site, fit, test: asking, stitch }];
  };
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
        ...isPermuted,
      })),
      measures: { type: "measures", ...networks, asked: list, images: compared, ...isPermuted },
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
    stitches,
    departures: spec.departure ? asked.flatMap(departureAt) : [],
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
 * Nothing where tap k meets a tap k of its size: tasks of corresponding networks have always been
 * without. With pairs the bottom's representations are brought to the top's sizes.
 */
function pairsFor(
  sites: readonly NamedSite[],
  bottom: Pick<ModelIdentity, "architecture">,
  top: Pick<ModelIdentity, "architecture">,
): { sites?: [number, number][] } {
  const [froms, tos] = [tapsOf(bottom.architecture), tapsOf(top.architecture)];
  const plain = sites.every(({ bottomTap, topTap }, k) => {
    const [from, to] = [froms[k], tos[k]];
    const isOfSize = from?.height === to?.height && from?.width === to?.width;
    return bottomTap === k && topTap === k && isOfSize;
  });
  return plain ? {} : { sites: sites.map(({ bottomTap, topTap }) => [bottomTap, topTap]) };
}
