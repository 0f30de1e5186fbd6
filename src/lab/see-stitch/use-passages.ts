/** Passages of a curve while the picture is open: asks the worker, and keeps its answers. */
import { useCallback, useEffect, useReducer } from "react";
import { errorData, type LabErrorData } from "../../core/errors";
import type { OpenPassages, PassageQuestion } from "../../engine/host/passage";
import type { PassagePenalty, Seen } from "../../engine/passage";
import type { BackendName } from "../../experiment/report";
import type { CurveSpec } from "../../experiment/spec";
import { usePassageSource } from "../view/services";
import { stitchKey } from "./stitch-kinds";

export interface PassageView {
  /** Null until the worker is started. */
  readonly passages: OpenPassages | null;
  /** The latest picture and what was asked for it; it stays until the next one is there. */
  readonly shown: { readonly seen: Seen; readonly question: PassageQuestion } | null;
  /** Of the latest question; null until the first images are scored. */
  readonly penalty: PassagePenalty | null;
  /** Complete penalties by stitch, then by site. */
  readonly penalties: Penalties;
  /** Share of the training images passed so far; null while none are. */
  readonly fitting: number | null;
  readonly error: LabErrorData | null;
}

export interface Passages extends PassageView {
  /** Another function once the worker is started; before, it does nothing. */
  readonly ask: (question: PassageQuestion) => void;
}

export type Penalties = Readonly<Record<string, Readonly<Record<number, number>>>>;

type Action =
  | { readonly type: "opened"; readonly passages: OpenPassages }
  | { readonly type: "closed" }
  | { readonly type: "asked" }
  | { readonly type: "seen"; readonly seen: Seen; readonly question: PassageQuestion }
  | {
      readonly type: "penalty";
      readonly penalty: PassagePenalty;
      readonly question: PassageQuestion;
    }
  | { readonly type: "fitting"; readonly fraction: number }
  | { readonly type: "failed"; readonly error: LabErrorData };

const nothing: PassageView = {
  passages: null,
  shown: null,
  penalty: null,
  penalties: {},
  fitting: null,
  error: null,
};

/** Opens a curve, and closes it with the component. */
export function usePassages(curve: CurveSpec, backend: BackendName): Passages {
  const source = usePassageSource();
  const [view, dispatch] = useReducer(reduce, nothing);
  const { passages } = view;
  useEffect(() => {
    let wanted = true;
    let opened: OpenPassages | undefined;
    source
      .openPassages(curve, backend, {
        seen: (seen, of) => dispatch({ type: "seen", seen, question: of }),
        penalty: (penalty, of) => dispatch({ type: "penalty", penalty, question: of }),
        fitting: (fraction) => dispatch({ type: "fitting", fraction }),
        failed: (error) => dispatch({ type: "failed", error }),
      })
      .then(
        (made) => {
          opened = made;
          if (wanted) dispatch({ type: "opened", passages: made });
          else made.close();
        },
        (thrown: unknown) => {
          if (wanted) dispatch({ type: "failed", error: errorData(thrown, "the picture") });
        },
      );
    return () => {
      wanted = false;
      opened?.close();
      dispatch({ type: "closed" });
    };
  }, [source, curve, backend]);
  const ask = useCallback(
    (question: PassageQuestion) => {
      if (!passages) return;
      dispatch({ type: "asked" });
      passages.ask(question);
    },
    [passages],
  );
  return { ...view, ask };
}

function reduce(view: PassageView, action: Action): PassageView {
  switch (action.type) {
    case "opened":
      return { ...view, passages: action.passages };
    case "closed":
      return nothing;
    case "asked":
      return { ...view, penalty: null, error: null };
    case "seen":
      return { ...view, shown: { seen: action.seen, question: action.question } };
    case "penalty":
      return {
        ...view,
        penalty: action.penalty,
        penalties: withPenalty(view.penalties, action.penalty, action.question),
      };
    case "fitting":
      return { ...view, fitting: action.fraction < 1 ? action.fraction : null };
    case "failed":
      return { ...view, error: action.error };
    default:
      return action satisfies never;
  }
}

function withPenalty(
  penalties: Penalties,
  { value, scored, of }: PassagePenalty,
  { stitch, site }: PassageQuestion,
): Penalties {
  if (scored < of) return penalties;
  const key = stitchKey(stitch);
  return { ...penalties, [key]: { ...penalties[key], [site]: value } };
}
