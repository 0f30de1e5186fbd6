/** Schema of tests/fixtures/families.json. Rows of x and y are samples. */
import { Matrix } from "ml-matrix";
import * as z from "../../../../../src/core/schema";
import { fixture } from "../../../fixtures";

const rows = z.pipe(
  z.array(z.array(z.number())),
  z.transform((values) => new Matrix(values)),
);

const fitSchema = z.object({
  weight: z.array(z.number()),
  bias: z.array(z.number()),
  r2: z.number(),
});
export type FitReference = z.infer<typeof fitSchema>;

export const familiesReference = fixture(
  "families",
  z.object({
    x: rows,
    y: rows,
    orthogonal: z.object({ narrowing: fitSchema, square: fitSchema, widening: fitSchema }),
    /** Maps of rank 1, 2, … */
    lowRank: z.array(fitSchema),
    /** Map between y and as many of x's first columns. */
    permutation: z.object({ sourceOf: z.array(z.int()), meanCorrelation: z.number() }),
  }),
);
