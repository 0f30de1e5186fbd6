/** A presentation's keys but for those of the layers, its help, and the way out. */
import { useRef, type ReactNode } from "react";
import { presets } from "../../experiment/figures";
import { figureAfter, presetOf } from "../session/preset";
import { presentAction, type PresentAction } from "./present-keys";
import { underWay, workbenchOf } from "../session/state";
import { PageDialog } from "../ui/PageDialog";
import { IfVisible, useLabState, usePartVisible, useSession, useViewStore } from "../view/services";
import { usePageKey } from "../ui/use-page-key";

export default function Presenting(): ReactNode {
  const { show } = useViewStore();
  const { change, run, resume } = useSession();
  const bench = workbenchOf(useLabState());
  const [letters, mayRun, mayTurn] = [
    usePartVisible("keys"),
    usePartVisible("run"),
    usePartVisible("figures"),
  ];
  const mayPredict = usePartVisible("predict");
  const opener = useRef<HTMLButtonElement>(null);
  const leave = (): void => {
    show({ mode: "page" });
    // The figure is at the top; the visitor may have scrolled elsewhere.
    window.scrollTo(0, 0);
  };

  function act(action: PresentAction): boolean {
    switch (action.type) {
      case "leave":
        leave();
        return true;
      case "help":
        opener.current?.click();
        return true;
      case "run":
        if (bench === null || !mayRun) return false;
        if (underWay(bench.activity) !== null) resume();
        else if (bench.results.report === null) run();
        return true;
      case "figure": {
        // During a run the experiment cannot be changed.
        if (bench === null || !mayTurn || underWay(bench.activity) !== null) return false;
        const { address, models } = bench;
        const next = figureAfter(presetOf(address.spec), action.by, models);
        if (next !== null) change(() => presets[next].spec);
        return true;
      }
      case "predict":
        if (!mayPredict) return false;
        show({ predict: true });
        return true;
      case "layer":
        // Whatever shows the layers goes from one to the next.
        return false;
      default:
        return action satisfies never;
    }
  }
  usePageKey((event) => {
    const action = presentAction(event, letters);
    return action !== null && act(action);
  });

  return (
    <IfVisible part="present">
      <PageDialog label="Shortcuts" title="Presentation shortcuts" opener={opener}>
        {() => <Keys letters={letters} />}
      </PageDialog>
      <button type="button" title="Exit presentation (Esc)" onClick={leave}>
        Exit
      </button>
    </IfVisible>
  );
}

function Keys({ letters }: { readonly letters: boolean }): ReactNode {
  return (
    <>
      <dl className="keys">
        <Key keys={["→", "←"]} does="next, previous layer" />
        <Key keys={["Page Down", "Page Up"]} does="next, previous figure" />
        <Key keys={["Esc"]} does="exit presentation" />
        {letters && (
          <>
            <Key keys={["N", "Shift N"]} does="next, previous figure" />
            <Key keys={["R"]} does="run; resume a paused run" />
            <Key keys={["D"]} does="predict first" />
            <Key keys={["P"]} does="start or exit presentation" />
            <Key keys={["?"]} does="this list" />
          </>
        )}
      </dl>
      <p className="hint">
        Presentation remotes send Page Down and Page Up. Share creates a link that opens in this
        mode with the controls you choose
        {letters && "; hide the single-letter shortcuts there to turn them off"}.
      </p>
    </>
  );
}

function Key({
  keys,
  does,
}: {
  readonly keys: readonly string[];
  readonly does: string;
}): ReactNode {
  return (
    <>
      <dt>
        {keys.map((key, index) => (
          <span key={key}>
            {index > 0 && " "}
            <kbd>{key}</kbd>
          </span>
        ))}
      </dt>
      <dd>{does}</dd>
    </>
  );
}
