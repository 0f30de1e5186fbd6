/** The whole page takes files that are dropped on it. */
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { droppedImages, hasFolder, type Dropped } from "../engine/own-images/given-images";
import { workbenchOf } from "../session/state";
import { endEarlyDrops, takenEarlyDrops } from "../startup/early-use";
import { useLabState, useSession } from "../view/services";
import { useGiveSorted } from "./use-give-sorted";

export function DropArea(): ReactNode {
  const { giveImages, getSnapshot } = useSession();
  const giveSorted = useGiveSorted();
  const [over, setOver] = useState(false);
  /** Whether a folder is being looked through. */
  const [reading, setReading] = useState(false);

  const take = useCallback(
    (dropped: Dropped): void => {
      if (!hasFolder(dropped)) giveSorted([...dropped.files], false);
      else if (workbenchOf(getSnapshot()) !== null) {
        setReading(true);
        void droppedImages(dropped)
          // What cannot be read can still be chosen.
          .then(giveImages, () => giveImages(null))
          .finally(() => setReading(false));
      }
    },
    [giveSorted, giveImages, getSnapshot],
  );

  const isReady = workbenchOf(useLabState()) !== null;
  useEffect(() => {
    if (!isReady) return;
    const drops = takenEarlyDrops();
    queueMicrotask(() => drops.forEach(take));
  }, [isReady, take]);

  useEffect(() => {
    endEarlyDrops();
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
          if (type === "drop" && !isTaken) take(event.dataTransfer);
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
  }, [take]);

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
