/** What tells one curve from the others, and the curves after the first. */
import type * as z from "../../../core/schema";
import { curveSeparator, readCurve, writeCurve } from "../also";
import { errorData, namesLike } from "../../../core/errors";
import { readTrainingRef, trainingPrefix } from "../../training/ref";
import { curveSchema, mostCurves, specSchema, withOtherCurves, type Curve } from "../../spec";
import { objectiveSchema, withObjective } from "../../objective";
import { obtainable, ofFirst, withSpec, type Parameter } from "./parameter";

export function modelParameter(role: "bottom" | "top"): Parameter {
  return {
    name: role,
    write: ({ spec }) => spec.curves[0][role],
    read(text, address, models) {
      const ids = models.map(({ id }) => id);
      // A file may be given later, and a network trained: the page asks for it.
      const ref = ids.includes(text) ? text : obtainable(text);
      if (ref !== null) return ofFirst(address, { [role]: ref });
      const zoo = ids.filter((id) => !id.includes(":"));
      const here = zoo.length === 0 ? "a network" : namesLike(text, zoo);
      const expected =
        trainingProblem(text) ??
        (text.includes(":") ? `${here}, or sha256: and 64 hex digits` : here);
      return { address, problem: { expected, instead: `used ${address.spec.curves[0][role]}` } };
    },
  };
}

/** Returns what is expected of a training that cannot be read; null for other texts. */
function trainingProblem(text: string): string | null {
  if (!text.startsWith(trainingPrefix)) return null;
  try {
    readTrainingRef(text);
    return null;
  } catch (thrown) {
    const { input, expected } = errorData(thrown, trainingPrefix);
    return input === trainingPrefix ? `${input} and ${expected}` : `${expected} after ${input}=`;
  }
}

/** One of a few words, or of the form that its schema checks. */
export function wordParameter<Field extends "family" | "perturbation">(
  name: Field,
  schema: z.ZodMiniType<Curve[Field]>,
  usual: Curve[Field],
  oldName?: string,
): Parameter {
  return {
    name,
    ...(oldName !== undefined && { oldName }),
    write: ({ spec }) => (spec.curves[0][name] === usual ? null : spec.curves[0][name]),
    read(text, address) {
      const parsed = schema.safeParse(text);
      // Comes after the protocol, which not every family goes with.
      const [first, ...others] = address.spec.curves;
      const curves = [{ ...first, [name]: text }, ...others];
      const whole = specSchema.safeParse({ ...address.spec, curves });
      if (parsed.success && whole.success) return withSpec(address, whole.data);
      const expected = (parsed.error ?? whole.error)?.issues[0]?.message ?? usual;
      return { address, problem: { expected, instead: `used ${first[name]}` } };
    },
  };
}

/** Left out for the task; comes after the protocol and the family that it needs. */
export const objectiveParameter: Parameter = {
  name: "objective",
  write: ({ spec }) => spec.curves[0].objective ?? null,
  read(text, address) {
    const [{ objective: before, ...first }, ...others] = address.spec.curves;
    const name = objectiveSchema.safeParse(text);
    const curves = [{ ...first, ...(name.success && withObjective(name.data)) }, ...others];
    const whole = specSchema.safeParse({ ...address.spec, curves });
    if (name.success && whole.success) return withSpec(address, whole.data);
    const expected = (name.error ?? whole.error)?.issues[0]?.message ?? "task";
    return { address, problem: { expected, instead: `used ${before ?? "task"}` } };
  },
};

/** Read after everything that its curves take from the first one. */
export const alsoParameter: Parameter = {
  name: "also",
  write({ spec }) {
    const [first, ...others] = spec.curves;
    if (others.length === 0) return null;
    return others.map((curve) => writeCurve(curve, first)).join(curveSeparator);
  },
  read(text, address, models) {
    const { spec } = address;
    // A file may be given later, and a network trained: the page asks for it.
    const here = (id: string): boolean =>
      obtainable(id) !== null || models.some((model) => model.id === id);
    const pieces = text.split(curveSeparator);
    const curves = pieces.flatMap((piece) => {
      const curve = curveSchema.safeParse(readCurve(piece, spec.curves[0])).data;
      return curve && here(curve.bottom) && here(curve.top) ? [curve] : [];
    });
    // Leaves out duplicates and curves beyond the limit, for which the whole would be refused.
    const others: Curve[] = [];
    for (const curve of curves) {
      if (others.length === mostCurves - 1) break;
      if (specSchema.safeParse(withOtherCurves(spec, [...others, curve])).success) {
        others.push(curve);
      }
    }
    const { address: mended } = withSpec(address, withOtherCurves(spec, others));
    if (others.length === pieces.length) return { address: mended, problem: null };
    const expected = `up to ${mostCurves - 1} curves, each once: BOTTOM,TOP,SEED,FAMILY,PERTURBATION,OBJECTIVE or the first of these, with known networks, separated by ;`;
    const instead = others.length === 0 ? "left them out" : `used ${others.length} of them`;
    return { address: mended, problem: { expected, instead } };
  },
};
