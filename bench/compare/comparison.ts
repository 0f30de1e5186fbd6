/** Compares both sides. */
import type { ModelFile } from "../../src/engine/messages";
import type { Options } from "./options";
import type { Side } from "./side";

/** Largest differences of penalties that issue 2 allows, in percentage points. */
const limits = { "least squares": 0.2, trained: 0.5 } as const;

interface Row {
  readonly stitch: keyof typeof limits;
  readonly tap: number;
  /** Percentage points. */
  readonly pytorchPenalty: number;
  readonly ourPenalty: number;
  readonly difference: number;
  readonly limit: number;
}

/**
 * What is written to the results; has nothing in it that changes from day to day but the seconds.
 */
export interface Comparison {
  readonly top: { readonly id: string; readonly sha256: string };
  readonly bottom: { readonly id: string; readonly sha256: string };
  readonly settings: {
    readonly trainImages: number;
    readonly testImages: number;
    readonly epochs: number;
    readonly seed: number;
    readonly threads: number;
  };
  /** Fractions. */
  readonly testErrors: Record<
    "pytorch" | "ours",
    { readonly top: number; readonly bottom: number }
  >;
  readonly rows: readonly Row[];
  readonly cka: readonly { tap: number; pytorch: number | null; ours: number | null }[];
  readonly seconds: Record<"pytorch" | "ours", Side["seconds"]>;
  /** Our seconds for one of PyTorch's. Training alone: its sums of closed forms are in float64. */
  readonly trainingRatio: number;
}

export function comparisonOf(
  options: Options,
  models: { readonly top: ModelFile; readonly bottom: ModelFile },
  pytorch: Side,
  ours: Side,
): Comparison {
  const named = ({ id, sha256 }: ModelFile): { id: string; sha256: string } => ({ id, sha256 });
  const errors = ({ top, bottom }: Side): { top: number; bottom: number } => ({ top, bottom });
  return {
    top: named(models.top),
    bottom: named(models.bottom),
    settings: {
      trainImages: options["train-images"],
      testImages: options["test-images"],
      epochs: options.epochs,
      seed: options.seed,
      threads: options.threads,
    },
    testErrors: { pytorch: errors(pytorch), ours: errors(ours) },
    rows: [
      ...rowsOf("least squares", pytorch, ours, (side) => side.closedForm),
      ...rowsOf("trained", pytorch, ours, (side) => side.trained),
    ],
    cka: pytorch.closedForm.map(({ tap, cka }) => ({
      tap,
      pytorch: cka,
      ours: ours.closedForm.find((other) => other.tap === tap)?.cka ?? null,
    })),
    seconds: { pytorch: pytorch.seconds, ours: ours.seconds },
    trainingRatio: ours.seconds.training / pytorch.seconds.training,
  };
}

function rowsOf(
  stitch: Row["stitch"],
  pytorch: Side,
  ours: Side,
  scores: (side: Side) => readonly { tap: number; testError: number }[],
): Row[] {
  return scores(pytorch).map(({ tap, testError }) => {
    const our = scores(ours).find((other) => other.tap === tap);
    if (!our) throw new Error(`our side has no ${stitch} stitch at tap ${tap}`);
    const pytorchPenalty = 100 * (testError - pytorch.top);
    const ourPenalty = 100 * (our.testError - ours.top);
    // Errors are counts of images; what is left below that is floats.
    const difference = Number((ourPenalty - pytorchPenalty).toFixed(6));
    return { stitch, tap, pytorchPenalty, ourPenalty, difference, limit: limits[stitch] };
  });
}

/** True when every penalty is as near to PyTorch's as it must be. */
export function agrees({ rows }: Comparison): boolean {
  return rows.every(({ difference, limit }) => Math.abs(difference) <= limit);
}

/** As Markdown, for docs/validation.md. */
export function tableOf({ rows, cka, seconds, trainingRatio, testErrors }: Comparison): string {
  const points = (value: number): string => {
    const digits = Math.abs(value).toFixed(2);
    return Number(digits) === 0 ? digits : `${value < 0 ? "−" : "+"}${digits}`;
  };
  const errors = ({ top, bottom }: { top: number; bottom: number }): string =>
    `${(100 * top).toFixed(2)} % (top), ${(100 * bottom).toFixed(2)} % (bottom)`;
  const ckaDifference = Math.max(
    ...cka.map((tap) => Math.abs((tap.pytorch ?? NaN) - (tap.ours ?? NaN))),
  );
  const time = (part: "closedForm" | "training"): string =>
    `PyTorch ${seconds.pytorch[part].toFixed(0)} s, ours ${seconds.ours[part].toFixed(0)} s`;
  return [
    "| stitch | tap | PyTorch | ours | difference | allowed |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map(
      (row) =>
        `| ${row.stitch} | ${row.tap} | ${points(row.pytorchPenalty)} | ${points(row.ourPenalty)} | ${points(row.difference)} | ${row.limit} |`,
    ),
    "",
    `Test errors: PyTorch ${errors(testErrors.pytorch)}; ours ${errors(testErrors.ours)}.`,
    `Largest difference of CKA at any tap: ${ckaDifference.toExponential(1)}.`,
    `Baselines, least squares and CKA: ${time("closedForm")} (PyTorch sums in float64).`,
    `Training and scoring: ${time("training")}, a ratio of ${trainingRatio.toFixed(1)}.`,
  ].join("\n");
}
