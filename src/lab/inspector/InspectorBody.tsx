/** The parts of the inspector, once what is stored of the stitch is here. */
import { useCallback, type ReactNode } from "react";
import type { Inspection } from "../../engine/host/inspect";
import type { SiteResult } from "../../experiment/report";
import { useStitchSource } from "../view/services";
import { ChangedImages } from "./ChangedImages";
import { ClassPenalties } from "./ClassPenalties";
import { LossPart } from "./LossPart";
import { MatrixPart } from "./MatrixPart";
import { Section } from "./Section";
import { ShiftPart } from "./ShiftPart";
import { useOnce } from "../session/use-once";

interface Props {
  readonly inspection: Inspection;
  readonly result: SiteResult;
}

export function InspectorBody({ inspection, result }: Props): ReactNode {
  const source = useStitchSource();
  const count = inspection.top.wrong.length;
  const ask = useCallback(() => source.testImages(count), [source, count]);
  const images = useOnce(ask, "the test images");
  return (
    <div className="inspector-parts">
      {images.status === "ready" ? (
        <>
          <ChangedImages
            key={inspection.place.name}
            inspection={inspection}
            images={images.value}
          />
          <ClassPenalties inspection={inspection} images={images.value} />
        </>
      ) : (
        <Section title="Flipped images" wide>
          {images.status === "loading" ? (
            <p role="status">Loading test images…</p>
          ) : (
            <p className="notice notice-problems">
              Could not load the test images, so they and the penalty by class are not shown.{" "}
              {images.error.input}: expected {images.error.expected}; found {images.error.found}.
            </p>
          )}
        </Section>
      )}
      <LossPart inspection={inspection} result={result} />
      <MatrixPart matrix={inspection.matrix} />
      <ShiftPart inspection={inspection} />
    </div>
  );
}
