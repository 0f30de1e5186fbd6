/** What became of the files that the visitor gave: being read, taken, or refused and why. */
import { useEffect, useRef, type ReactNode } from "react";
import type { Role } from "../../experiment/events";
import type { Spec } from "../../experiment/spec";
import type { ModelImport } from "../session/own-files/model-import";
import { isUserModel, type LabModel } from "../engine/models";
import { lazyPart } from "../ui/lazy-part";

const ModelImportResult = lazyPart("the import result", () => import("./ModelImportResult"));

interface Props {
  readonly modelImport: ModelImport;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  /** During a run the experiment cannot be changed. */
  readonly running: boolean;
  /** What a network is chosen for; undefined where it may be either. */
  readonly asked?: Role;
  /** Called once the experiment uses a network. */
  readonly onUsed?: () => void;
}

export function ModelImportNotice(props: Props): ReactNode {
  const { modelImport, models } = props;
  const place = useRef<HTMLDivElement>(null);
  const { reading, refused, parts, waiting } = modelImport;
  const taken = models.filter(isUserModel).filter(({ id }) => modelImport.taken.includes(id));
  const said = taken.length + refused.length + parts.length + waiting.length;
  const something = reading !== null || said > 0;

  useEffect(() => {
    // A file may be dropped where this cannot be seen.
    if (something) place.current?.scrollIntoView({ block: "nearest" });
  }, [something, said]);

  return (
    <div ref={place} className="model-import">
      {/* Always there, so that screen readers read out what comes into it. */}
      <div role="status">
        {reading !== null && (
          <p className="notice notice-happened">
            <span>
              Reading <strong>{reading}</strong>…
            </span>
          </p>
        )}
        {said > 0 && <ModelImportResult {...props} taken={taken} />}
      </div>
    </div>
  );
}
