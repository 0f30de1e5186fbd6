/** A tour of the live page in six steps, for visitors new to stitching. */
import { useEffect, useLayoutEffect, useRef, type ReactNode } from "react";

interface Step {
  readonly title: string;
  readonly text: string;
  /** What is spoken of, as a selector; the step does without where it is not on the page. */
  readonly about: string;
  /** Whether the frame lies within it, since other words are right next to it. */
  readonly within?: boolean;
}

const steps: readonly Step[] = [
  {
    title: "Two trained networks",
    text: "Both were trained to classify images. Each block is a layer, as high as its feature map. The image enters on the left; the answer comes out on the right. Blue is the bottom network B, amber the top A.",
    about: ".drawing, .axis-names",
    within: true,
  },
  {
    title: "One stitch between them",
    text: "The image goes through the bottom network up to the stitch, then through the rest of the top network. Only the stitch is trained. Drag it, or use the arrow keys, to move it to another layer.",
    about: ".stitch-handle",
  },
  {
    title: "What it costs",
    text: "How many more images in a hundred the stitched network gets wrong than the top alone, at each layer. Near zero, the top can use what the bottom computes. Where a curve climbs, as for an untrained network, it cannot.",
    about: ".plot-penalty",
  },
  {
    title: "How similar they are",
    text: "CKA compares the two networks’ representations without asking whether they are useful. Look where the two charts disagree: stitching shows what CKA misses.",
    about: ".plot-similarity",
  },
  {
    title: "What the stitch does",
    text: "“See the stitch” follows one image: the bottom’s channels, what the stitch makes of them next to the top’s own, and the answers. Move the stitch to another layer, or replace it with a simpler one, and watch the answer change.",
    about: ".see-stitch-button",
  },
  {
    title: "Your turn",
    text: "“Run here” recomputes everything on your machine; nothing is uploaded. “Figures” has the paper’s other experiments. Or choose any two networks: the link reproduces your experiment.",
    about: ".run-panel",
  },
];

interface TourStepProps {
  readonly at: number;
  /** Null ends it. */
  readonly onMove: (at: number | null) => void;
}

export default function TourStep({ at, onMove }: TourStepProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const step = steps[at];
  const about = step?.about;
  const within = step?.within === true;

  useLayoutEffect(() => {
    const targets = about === undefined ? [] : [...document.querySelectorAll(about)];
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    targets[0]?.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
    let asked = 0;
    // The page scrolls, and results arrive, while the frame is shown.
    const follow = (): void => {
      const box = frame.current;
      if (box && targets.length > 0) {
        const { left, top, right, bottom } = around(targets);
        box.style.left = `${left}px`;
        box.style.top = `${top}px`;
        box.style.width = `${right - left}px`;
        box.style.height = `${bottom - top}px`;
      }
      asked = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(asked);
  }, [about]);

  useEffect(() => {
    card.current?.focus();
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") onMove(null);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onMove]);

  if (!step) return null;
  const last = at === steps.length - 1;
  return (
    <>
      <div
        ref={frame}
        className={within ? "tour-frame is-within" : "tour-frame"}
        aria-hidden="true"
      />
      <div
        ref={card}
        className="tour-card"
        role="dialog"
        aria-label={`Tour, step ${at + 1} of ${steps.length}: ${step.title}`}
        tabIndex={-1}
      >
        <h2>{step.title}</h2>
        <p>{step.text}</p>
        <div className="buttons">
          <span className="hint">
            {at + 1} of {steps.length}
          </span>
          {at > 0 && (
            <button type="button" onClick={() => onMove(at - 1)}>
              Back
            </button>
          )}
          <button type="button" className="primary" onClick={() => onMove(last ? null : at + 1)}>
            {last ? "Done" : "Next"}
          </button>
          {!last && (
            <button type="button" className="quiet" onClick={() => onMove(null)}>
              End tour
            </button>
          )}
        </div>
      </div>
    </>
  );
}

/** The smallest box that all of them are in. */
function around(
  elements: readonly Element[],
): Readonly<Record<"left" | "top" | "right" | "bottom", number>> {
  const boxes = elements.map((element) => element.getBoundingClientRect());
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}
