/** A presentation's steps and keys but for those of the layers, its help, and the way out. */
import { useEffect, useEffectEvent, useMemo, useRef, type ReactNode } from "react";
import { writeAddress } from "../../experiment/address/address";
import { presets } from "../../experiment/figures";
import { figureAfter, presetOf } from "../session/experiment/preset";
import { underWay, workbenchOf, type Workbench } from "../session/state";
import { PageDialog } from "../ui/PageDialog";
import { usePageKey } from "../ui/use-page-key";
import {
  IfVisible,
  useLabState,
  usePartVisible,
  useSession,
  useViewState,
  useViewStore,
} from "../view/services";
import { stepAmong, stepNames, stepsFor, type SlideStep } from "../view/slide-steps";
import { presentAction, type PresentAction } from "./present-keys";
import {
  openSlideChannel,
  type SlideChannel,
  type SlideMessage,
  type SlideNews,
} from "./slide-channel";

export default function Presenting(): ReactNode {
  const bench = workbenchOf(useLabState());
  const { show } = useViewStore();
  const letters = usePartVisible("keys");
  const leave = (): void => {
    show({ mode: "page" });
    // The figure is at the top; the visitor may have scrolled elsewhere.
    window.scrollTo(0, 0);
  };
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <>
      {bench === null ? (
        <LeaveKey onLeave={leave} />
      ) : (
        <Slides bench={bench} onLeave={leave} onHelp={() => opener.current?.click()} />
      )}
      <IfVisible part="present">
        <PageDialog label="Shortcuts" title="Presentation shortcuts" opener={opener}>
          {() => <Keys letters={letters} />}
        </PageDialog>
        <button type="button" title="Speaker notes in a second window (S)" onClick={openNotes}>
          Notes
        </button>
        <button type="button" title="Exit presentation (Esc)" onClick={leave}>
          Exit
        </button>
      </IfVisible>
    </>
  );
}

/** Before there is anything to show, and where its files cannot be loaded. */
function LeaveKey({ onLeave }: { readonly onLeave: () => void }): ReactNode {
  usePageKey((event) => {
    if (presentAction(event, false)?.type !== "leave") return false;
    onLeave();
    return true;
  });
  return null;
}

interface SlidesProps {
  readonly bench: Workbench;
  readonly onLeave: () => void;
  readonly onHelp: () => void;
}

function Slides({ bench, onLeave, onHelp }: SlidesProps): ReactNode {
  const { show, goTo, reveal } = useViewStore();
  const { view, slide } = useViewState();
  const { change, run, resume } = useSession();
  const letters = usePartVisible("keys");
  const mayRun = usePartVisible("run");
  const mayTurn = usePartVisible("figures");
  const mayPredict = usePartVisible("predict");
  const { address, models, activity, results } = bench;
  const { spec } = address;
  const preset = useMemo(() => presetOf(spec), [spec]);
  const experiment = useMemo(() => writeAddress({ spec, backend: null }), [spec]);
  const steps = stepsFor(spec, preset, models, view.predict);
  const step = stepAmong(steps, slide?.experiment === experiment ? slide.step : null);
  const at = steps.indexOf(step);
  const running = underWay(activity) !== null;
  /** The step that Q left. */
  const left = useRef<SlideStep | null>(null);

  function openStep(next: SlideStep | undefined): boolean {
    if (next === undefined) return false;
    if (next === "reveal") reveal(experiment);
    goTo({ experiment, step: next });
    return true;
  }
  /** @param last whether it opens with everything on it */
  function turn(by: 1 | -1, last: boolean): boolean {
    // During a run the experiment cannot be changed.
    if (!mayTurn || running) return false;
    const next = figureAfter(preset, by, models, view.lesson);
    if (next === null) return false;
    const { spec: other } = presets[next];
    goTo({
      experiment: writeAddress({ spec: other, backend: null }),
      step: last ? "claim" : "question",
    });
    change(() => other);
    return true;
  }
  function move(by: 1 | -1): boolean {
    if (view.seesStitch) {
      // It lies over the slide; only the notes can ask for a step meanwhile.
      show({ seesStitch: false });
      return true;
    }
    const next = steps[at + by];
    return next === undefined ? turn(by, by < 0) : openStep(next);
  }
  function act(action: PresentAction): boolean {
    switch (action.type) {
      case "leave":
        onLeave();
        return true;
      case "help":
        onHelp();
        return true;
      case "run":
        if (!mayRun) return false;
        if (running) resume();
        else if (results.report === null) run();
        return true;
      case "figure":
        return turn(action.by, false);
      case "step":
        return move(action.by);
      case "end":
        return openStep(action.by > 0 ? steps.at(-1) : steps[0]);
      case "question":
        if (step !== "question") left.current = step;
        return openStep(step === "question" ? (left.current ?? undefined) : "question");
      case "predict":
        if (!mayPredict || spec.layout === "grid") return false;
        show({ predict: true });
        goTo({ experiment, step: "predict" });
        return true;
      case "notes":
        openNotes();
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
    if (action === null || !act(action)) return false;
    if (action.type === "step" || action.type === "figure") focusSlide();
    return true;
  });
  const nextFigure = figureAfter(preset, 1, models, view.lesson);
  const nextStep = steps[at + 1];
  const news = useMemo(
    (): SlideNews => ({
      type: "slide",
      figure: preset,
      step: stepNames[step],
      stepNumber: at + 1,
      steps: steps.length,
      nextStep: nextStep === undefined ? null : stepNames[nextStep],
      nextFigure,
    }),
    [preset, step, at, steps.length, nextStep, nextFigure],
  );
  useNotes(news, move);
  return (
    <div className="slide-steps" role="group" aria-label="Steps of this slide">
      <button type="button" className="quiet" aria-label="Back one step" onClick={() => move(-1)}>
        ‹
      </button>
      <p role="status">
        {steps.map((name) => (
          <i key={name} className={name === step ? "step-dot here" : "step-dot"} />
        ))}
        <span className="visually-hidden">
          Step {at + 1} of {steps.length}: {stepNames[step]}
        </span>
      </p>
      <button type="button" className="quiet" aria-label="Next step" onClick={() => move(1)}>
        ›
      </button>
    </div>
  );
}

/** Keeps the speaker notes, where they are open, on the slide. */
function useNotes(news: SlideNews, move: (by: 1 | -1) => boolean): void {
  const channel = useRef<SlideChannel | null>(null);
  const onMessage = useEffectEvent((message: SlideMessage) => {
    if (message.type === "ask") channel.current?.send(news);
    if (message.type === "move") move(message.by);
  });
  useEffect(() => {
    channel.current = openSlideChannel((message) => onMessage(message));
    return () => channel.current?.close();
  }, []);
  useEffect(() => channel.current?.send(news), [news]);
}

/** The same page in a second window, which the speaker keeps on the other screen. */
function openNotes(): void {
  const url = new URL(window.location.href);
  url.search = "?notes";
  url.hash = "";
  window.open(url.href, "stitch-lab-notes", "popup,width=760,height=720");
}

function Keys({ letters }: { readonly letters: boolean }): ReactNode {
  return (
    <>
      <dl className="keys">
        <Key keys={["→", "Space", "Page Down"]} does="next step, then the next figure" />
        <Key keys={["←", "Page Up"]} does="previous step, then the previous figure" />
        <Key keys={["↓", "↑"]} does="next or previous layer" />
        <Key keys={["Shift →", "Shift ←"]} does="next or previous figure" />
        <Key keys={["End", "Home"]} does="last or first step of the slide" />
        <Key keys={["Esc"]} does="close an open menu; otherwise exit the presentation" />
        {letters && (
          <>
            <Key keys={["N", "Shift N"]} does="next or previous step" />
            <Key keys={["Q"]} does="show the question; press again to go back" />
            <Key keys={["S"]} does="open speaker notes in a second window" />
            <Key keys={["Shift S"]} does="see what the stitch does (outside a presentation: S)" />
            <Key keys={["Z"]} does="all curves on one scale, or controls on their own" />
            <Key keys={["D"]} does="predict first" />
            <Key keys={["R"]} does="run, or resume a paused run" />
            <Key keys={["P"]} does="start or exit the presentation" />
            <Key keys={["?"]} does="show this list" />
          </>
        )}
      </dl>
      <p className="hint">
        Presentation remotes work: they send Page Down and Page Up, or → and ←. Share creates a link
        that opens in this mode with the controls you choose
        {letters && ", with or without single-letter shortcuts"}.
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

/** A button of the header that opened something has the focus back, whose ring would stay on the slides. */
function focusSlide(): void {
  if (document.activeElement?.closest(".page-header")) {
    document.querySelector("main")?.focus({ preventScroll: true });
  }
}
