/** The data sets that an experiment can have, and whether its networks go with one. */
import { namesOfClasses, type Classes, type DataForm } from "../../../core/data/form";
import { imagesIn } from "../../../core/data/manifest";
import { classesOf, hasHead, imageShapeText, inputOf } from "../../../core/nets/architecture";
import type { StoredDataSet } from "../../../engine/user-data-set";
import { labDataSet, labDataSets, usualDataSet } from "../../../experiment/data-sets";
import { defaultPair } from "../../../experiment/default-pair";
import { protocols } from "../../../experiment/protocol";
import { limits } from "../../../experiment/limits";
import { curvesOf, withFirstCurve, withOtherCurves, type Spec } from "../../../experiment/spec";
import { isToTrain, isUserModel, type LabModel, type NetworkToTrain } from "../../engine/models";
import { isUntrained } from "../../../experiment/model-ref";

/** A data set of the lab, or one of the visitor's. */
export interface DataChoice {
  /** As a spec names it: undefined for CIFAR-10. */
  readonly ref: string | undefined;
  readonly name: string;
  readonly form: DataForm;
  /** Number of images in each split. */
  readonly train: number;
  readonly test: number;
  /** Null for a data set of the lab. */
  readonly own: StoredDataSet | null;
}

/** Returns the data sets that can be chosen, those of the lab first. */
export function dataChoices(own: readonly StoredDataSet[]): readonly DataChoice[] {
  const ofLab = Object.entries(labDataSets).map(
    ([id, { name, form, trainImages, testImages }]): DataChoice => ({
      ref: id === usualDataSet ? undefined : id,
      name,
      form,
      train: trainImages,
      test: testImages,
      own: null,
    }),
  );
  const ofVisitor = own
    // One of the lab is that one, wherever its images are from.
    .filter(({ ref }) => labDataSet(ref) === undefined)
    .map((set): DataChoice => {
      const { ref, manifest } = set;
      const [train, test] = [imagesIn(manifest.train), imagesIn(manifest.test)];
      return { ref, name: manifest.name, form: manifest, train, test, own: set };
    });
  return [...ofLab, ...ofVisitor];
}

/** Returns the data set of an experiment; null where it is not here. */
export function dataChoiceOf(
  { data }: Pick<Spec, "data">,
  own: readonly StoredDataSet[],
): DataChoice | null {
  return dataChoices(own).find(({ ref }) => ref === data) ?? null;
}

/** Returns the ref of the data set that an experiment needs; null where it is here. */
export function absentDataSet(
  { data }: Pick<Spec, "data">,
  own: readonly StoredDataSet[],
): string | null {
  return data === undefined || labDataSet(data) || own.some(({ ref }) => ref === data)
    ? null
    : data;
}

/**
 * Returns the same experiment on other images: with networks of the lab that read them where its own do not,
 * and asking for agreement where there are no labels.
 *
 * @param before null where the experiment's data set is not here
 */
export function withData(
  spec: Spec,
  choice: DataChoice,
  before: DataChoice | null,
  models: readonly LabModel[],
): Spec {
  const { data: _, target, ...rest } = spec;
  const hasLabels = choice.form.classes.names.length > 0;
  // Agreement that only stood in for labels ends with them.
  const stays = target === "top" && before !== null && before.form.classes.names.length > 0;
  const next: Spec = {
    ...rest,
    ...(choice.ref !== undefined && { data: choice.ref }),
    ...((!hasLabels || stays) && { target: "top" }),
  };
  return withNetworksFor(withImagesOf(next, choice, before), choice, models);
}

/** Sets the protocol's numbers of images, or the visitor's own, as far as the data set has them. */
function withImagesOf(spec: Spec, choice: DataChoice, before: DataChoice | null): Spec {
  const usual = protocols[spec.protocol].defaults;
  const numberOf = (field: "trainImages" | "testImages", split: "train" | "test"): number => {
    const isUsual = spec[field] === Math.min(usual[field], before?.[split] ?? Infinity);
    return Math.min(isUsual ? usual[field] : spec[field], choice[split]);
  };
  return {
    ...spec,
    trainImages: numberOf("trainImages", "train"),
    testImages: numberOf("testImages", "test"),
  };
}

/** Limits an experiment to the images that its data set has. */
export function withinData(spec: Spec, choice: DataChoice | null): Spec {
  if (!choice) return spec;
  const trainImages = Math.min(spec.trainImages, choice.train);
  const testImages = Math.min(spec.testImages, choice.test);
  const fits = trainImages === spec.trainImages && testImages === spec.testImages;
  return fits ? spec : { ...spec, trainImages, testImages };
}

function withNetworksFor(spec: Spec, choice: DataChoice, models: readonly LabModel[]): Spec {
  if (!misfitOf(spec, choice, models)) return spec;
  const reads = models.filter(
    ({ architecture }) => imageShapeText(inputOf(architecture)) === imageShapeText(choice.form),
  );
  const trained = reads.filter(
    (model) => !isUserModel(model) && model.data === choice.ref && !isUntrained(model.id, models),
  );
  const [pool] = [trained, reads].filter((list) => list.length > 0);
  if (!pool) return spec;
  // Those that read these images but answer otherwise stay: they can be asked to agree.
  const [{ top, bottom }] = spec.curves;
  const here = (id: string): boolean => reads.some((model) => model.id === id);
  if (trained.length === 0 && here(top) && here(bottom)) return spec;
  const pair = withFirstCurve(spec, defaultPair(pool, {}));
  return { ...withOtherCurves(pair, []), sites: "all" };
}

/** Why networks and images do not go together. */
export type DataMisfit =
  /** The top has no head, so it gives no answers. */
  | { readonly type: "no-head"; readonly network: string }
  /** A network reads images of another size. */
  | { readonly type: "size"; readonly network: string; readonly reads: string }
  /** A network has other classes than the images. */
  | { readonly type: "classes"; readonly network: string; readonly count: number }
  /** The images have no labels. */
  | { readonly type: "unlabelled" }
  /** Asked to agree with a top that has other classes. */
  | { readonly type: "top"; readonly network: string; readonly count: number };

/** Returns the first misfit; null where a run can begin, or a network is not here. */
export function misfitOf(
  spec: Spec,
  { form }: DataChoice,
  models: readonly LabModel[],
): DataMisfit | null {
  const modelOf = (id: string): LabModel | undefined => models.find((model) => model.id === id);
  const has = imageShapeText(form);
  for (const { top, bottom, target } of curvesOf(spec)) {
    const topModel = modelOf(top);
    if (topModel && !hasHead(topModel.architecture)) return { type: "no-head", network: top };
    for (const model of [topModel, modelOf(bottom)]) {
      if (!model) continue;
      const { id, architecture } = model;
      const reads = imageShapeText(inputOf(architecture));
      if (reads !== has) return { type: "size", network: id, reads };
      if (!hasHead(architecture)) continue;
      const count = classesOf(architecture);
      if (target === "top") {
        const others = topModel && classesOf(topModel.architecture) !== count;
        if (others) return { type: "top", network: id, count };
      } else if (form.classes.names.length === 0) return { type: "unlabelled" };
      else if (namesOfClasses(form.classes, count) === null) {
        return { type: "classes", network: id, count };
      }
    }
  }
  return null;
}

/** Whether every curve's networks have the same classes, so that one can agree with the other. */
export function canAgree(spec: Spec, models: readonly LabModel[]): boolean {
  return spec.curves.every(({ top, bottom }) => {
    const counts = [top, bottom].flatMap((id) => {
      const model = models.find((other) => other.id === id);
      return model && hasHead(model.architecture) ? [classesOf(model.architecture)] : [];
    });
    return new Set(counts).size <= 1;
  });
}

/**
 * Returns the classes that a network's answers are named by: the data set's or, where it has others,
 * those that a network of the zoo was trained on.
 */
export function namingClasses(
  classes: Classes,
  network: LabModel | NetworkToTrain | undefined,
): Classes {
  if (!network || isUserModel(network) || isToTrain(network)) return classes;
  const isNamed = namesOfClasses(classes, classesOf(network.architecture)) !== null;
  return isNamed ? classes : (labDataSet(network.data)?.form.classes ?? classes);
}

/** The least number of training images that an experiment takes. */
export const leastTrainImages = limits.trainImages.min;
