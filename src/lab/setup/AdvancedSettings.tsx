/**
 * The settings that most visitors leave as the protocol has them, behind one line that says what
 * they are.
 */
import type { ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import type { ModelPair } from "../session/experiment/pair";
import { LazyDetails, lazyPart } from "../ui/lazy-part";
import { count } from "../format/numbers";

const AdvancedFields = lazyPart("the advanced settings", () => import("./AdvancedFields"));

interface Props {
  readonly spec: Spec;
  readonly pair: ModelPair;
}

export function AdvancedSettings({ spec, pair }: Props): ReactNode {
  const summary = (
    <>
      Advanced <span className="hint">{inShort(spec)}</span>
    </>
  );
  return (
    <LazyDetails className="advanced" summary={summary}>
      <AdvancedFields spec={spec} pair={pair} />
    </LazyDetails>
  );
}

/** "2,000 training and 2,000 test images, 1 epoch, all layers, seed 0" */
function inShort({ trainImages, testImages, epochs, layout, sites, curves }: Spec): string {
  const images = `${count(trainImages)} training and ${count(testImages)} test images`;
  const passes = epochs === 0 ? [] : [`${count(epochs)} ${epochs === 1 ? "epoch" : "epochs"}`];
  const layers =
    layout === "grid"
      ? "all pairs of layers"
      : sites === "all"
        ? "all layers"
        : sites.length === 1
          ? "1 layer"
          : `${count(sites.length)} layers`;
  return [images, ...passes, layers, `seed ${curves[0].seed}`].join(", ");
}
