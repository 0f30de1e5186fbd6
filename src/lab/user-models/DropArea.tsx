/** The whole page takes files that are dropped on it. */
import { useEffect, useState, type ReactNode } from "react";
import { useSession } from "../view/services";

export function DropArea(): ReactNode {
  const { giveFiles } = useSession();
  const [over, setOver] = useState(false);

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
          event.preventDefault();
          act();
          if (type === "drop") giveFiles([...event.dataTransfer.files], false);
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
  }, [giveFiles]);

  if (!over) return null;
  return (
    <div className="drop-area" aria-hidden="true">
      <p>
        <strong>Drop a network’s .onnx or .safetensors file</strong>
        <br />
        It stays on your machine.
      </p>
    </div>
  );
}
