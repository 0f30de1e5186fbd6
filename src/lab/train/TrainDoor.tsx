/** The door of the choice of a network that leads to training one. */
import { useId, type ReactNode } from "react";
import { useSession } from "../view/services";

/** @param onOpened called once it is open */
export function TrainDoor({ onOpened }: { readonly onOpened: () => void }): ReactNode {
  const id = useId();
  const { show } = useSession().trainings;
  return (
    <div className="train-door">
      <button
        type="button"
        aria-haspopup="dialog"
        aria-describedby={id}
        onClick={() => {
          onOpened();
          show();
        }}
      >
        Train a network…
      </button>
      <p id={id} className="hint">
        Here, in this browser: a small network in minutes, from any seed.
      </p>
    </div>
  );
}
