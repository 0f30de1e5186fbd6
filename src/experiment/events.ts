/** Events of a running experiment. As schemas, since other tabs receive them too. */
import * as z from "../core/schema";
import { LabError } from "../core/errors";
import { probeResultSchema } from "./probes";
import {
  modelResultSchema,
  reportSchema,
  siteFailureSchema,
  siteResultSchema,
  similaritySchema,
} from "./report";

const roleSchema = z.enum(["top", "bottom"]);
/** Which of an experiment's two networks: `top` is A, `bottom` is B. */
export type Role = z.infer<typeof roleSchema>;

const site = z.int().check(z.nonnegative());

const leastSquaresSchema = z.strictObject({
  type: z.literal("least-squares"),
  site,
  testError: z.number(),
  penalty: z.number(),
  penaltyStandardError: z.number(),
});
/** The least-squares stitch of one site, scored before any training. */
export type LeastSquaresScore = Omit<z.infer<typeof leastSquaresSchema>, "type">;

/** Results of one curve. */
const resultEventSchemas = [
  z.strictObject({ type: z.literal("baseline"), role: roleSchema, result: modelResultSchema }),
  /** Every measure of similarity at one site; `cka` is debiased linear CKA. */
  z.strictObject({
    type: z.literal("similarity"),
    site,
    cka: z.nullable(z.number()),
    similarity: similaritySchema,
  }),
  leastSquaresSchema,
  z.strictObject({ type: z.literal("probe"), result: probeResultSchema }),
  z.strictObject({ type: z.literal("site"), result: siteResultSchema }),
  /** A site has no stitch; the others continue. */
  z.strictObject({ type: z.literal("site-failed"), failure: siteFailureSchema }),
] as const;
const resultEventSchema = z.discriminatedUnion("type", resultEventSchemas);
export type ResultEvent = z.infer<typeof resultEventSchema>;

export const experimentEventSchema = z.discriminatedUnion("type", [
  /** Weights and images are being fetched and checked; counts are files. */
  z.strictObject({
    type: z.literal("assets"),
    done: z.int().check(z.nonnegative()),
    total: z.int().check(z.nonnegative()),
    file: z.string(),
  }),
  /** Progress of all tasks together; `remainingMs` is null until it can be estimated. */
  z.strictObject({
    type: z.literal("progress"),
    /** In [0, 1]. */
    fraction: z.number(),
    remainingMs: z.nullable(z.number()),
    /** What the workers do, for people: "block 3: training, step 40 of 78". */
    activity: z.string(),
    /** Memory of the tensors of all working workers. */
    tensorBytes: z.number().check(z.nonnegative()),
  }),
  /** A result of one curve, by its index in the spec. */
  z.strictObject({
    type: z.literal("curve"),
    curve: z.int().check(z.nonnegative()),
    event: resultEventSchema,
  }),
  /** Every worker is paused and its checkpoint stored, until the run is resumed. */
  z.strictObject({ type: z.literal("paused") }),
  z.strictObject({ type: z.literal("resumed") }),
  /** A worker or its device was lost, and its task resumes from its last checkpoint. */
  z.strictObject({ type: z.literal("recovered"), reason: z.string() }),
  /** Everything is done; the report repeats all results in order. */
  z.strictObject({ type: z.literal("finished"), report: reportSchema }),
]);
export type ExperimentEvent = z.infer<typeof experimentEventSchema>;

/** The error that ends a cancelled run. */
export function cancelled(): LabError {
  return new LabError({
    code: "cancelled",
    input: "experiment",
    expected: "a complete run",
    found: "a cancelled one",
  });
}
