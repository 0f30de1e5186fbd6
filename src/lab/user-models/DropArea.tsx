/** The whole page takes files that are dropped on it. */
import { useEffect, useState, type ReactNode } from "react";
import { droppedImages, hasFolder } from "../engine/own-images/given-images";
import { workbenchOf } from "../session/state";
import { useSession } from "../view/services";
import { useGiveSorted } from "./use-give-sorted";

export function DropArea(): ReactNode {
  const { giveImages, getSnapshot } = useSession();
  const giveSorted = useGiveSorted();
  const [over, setOver] = useState(false);
  /** Whether a folder is being looked through. */
  const [reading, setReading] = useState(false);

  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    /** Elements under the pointer are entered before the one above is left. */
    let entered = 0;
    const listen = (
      type: "dragenter" | "dragover" | "dragleave" | "drop",
      act: () => void,
    ): void => {
      window.addEventListener(
        type,
        (event) => {
          // Text that is dragged is no concern of ours.
          if (event.dataTransfer?.types.includes("Files") !== true) return;
          // The browser would leave the page and show the file.
          const isTaken = type === "drop" && event.defaultPrevented;
          event.preventDefault();
          act();
          if (type !== "drop" || isTaken) return;
          const { dataTransfer } = event;
          if (!hasFolder(dataTransfer)) giveSorted([...dataTransfer.files], false);
          else if (workbenchOf(getSnapshot()) !== null) {
            setReading(true);
            void droppedImages(dataTransfer)
              // What cannot be read can still be chosen.
              .then(giveImages, () => giveImages(null))
              .finally(() => setReading(false));
          }
        },
        { signal },
      );
    };
    const show = (change: number): void => {
      entered = Math.max(0, entered + change);
      setOver(entered > 0);
    };
    listen("dragenter", () => show(1));
    listen("dragover", () => undefined);
    listen("dragleave", () => show(-1));
    listen("drop", () => show(-entered));
    return () => listening.abort();
  }, [giveSorted, giveImages, getSnapshot]);

  if (!over && !reading) return null;
  return (
    <div className="drop-area" aria-hidden="true">
      <p>
        {reading ? (
          <strong>Looking through the folder…</strong>
        ) : (
          <>
            <strong>Drop a network’s .onnx or .safetensors file, or a folder of images</strong>
            <br />
            They stay on your machine.
          </>
        )}
      </p>
    </div>
  );
}
