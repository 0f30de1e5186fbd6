/** Five steps over the live page for whoever has never heard of stitching. */
import { useEffect, useLayoutEffect, useRef, type ReactNode } from "react";

interface Step {
  readonly title: string;
  readonly text: string;
  /** What is spoken of, as a selector; the step does without where it is not on the page. */
  readonly about: string;
}

const steps: readonly Step[] = [
  {
    title: "Two trained networks",
    text: "Both were trained to name what is in a picture. Each block is a layer, drawn to scale, as wide as it has channels and as high as it has positions: a picture enters at the left, the answer comes out at the right. Blue is the bottom network, amber the top.",
    about: ".diagram",
  },
  {
    title: "One stitch between them",
    text: "The picture passes through the bottom network up to the stitch, then through the rest of the top one. Only the stitch is trained; the networks stay as they are. Drag its green handle from layer to layer; with a keyboard, press the arrow keys.",
    about: ".diagram",
  },
  {
    title: "What it costs",
    text: "For every layer: how many more pictures out of a hundred the stitched network gets wrong than the top network by itself. Near zero, the top can work with what the bottom has computed. A curve that climbs, such as an untrained network’s, says that it cannot.",
    about: '[aria-labelledby="penalty-title"]',
  },
  {
    title: "How alike they are",
    text: "CKA compares the two networks’ representations without asking what they are good for. Look at where the two charts disagree: that is what stitching is for.",
    about: '[aria-labelledby="similarity-title"]',
  },
  {
    title: "Now yours",
    text: "Run computes it all again on your own machine; nothing is sent anywhere. Under Figures are the paper’s other experiments, and with any two networks you make your own. Its address reproduces it.",
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

  useLayoutEffect(() => {
    const target = about === undefined ? null : document.querySelector(about);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    target?.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
    let asked = 0;
    // The page scrolls, and results arrive, beneath the frame.
    const follow = (): void => {
      const box = frame.current;
      if (box && target) {
        const { left, top, width, height } = target.getBoundingClientRect();
        box.style.left = `${String(left)}px`;
        box.style.top = `${String(top)}px`;
        box.style.width = `${String(width)}px`;
        box.style.height = `${String(height)}px`;
      }
      asked = requestAnimationFrame(follow);
    };
    follow();
    return () => {
      cancelAnimationFrame(asked);
    };
  }, [about]);

  useEffect(() => {
    card.current?.focus();
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") onMove(null);
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
    };
  }, [onMove]);

  if (!step) return null;
  const last = at === steps.length - 1;
  return (
    <>
      <div ref={frame} className="tour-frame" aria-hidden="true" />
      <div
        ref={card}
        className="tour-card"
        role="dialog"
        aria-label={`Tour, step ${String(at + 1)} of ${String(steps.length)}: ${step.title}`}
        tabIndex={-1}
      >
        <h2>{step.title}</h2>
        <p>{step.text}</p>
        <div className="buttons">
          <span className="hint">
            {at + 1} of {steps.length}
          </span>
          {at > 0 && (
            <button
              type="button"
              onClick={() => {
                onMove(at - 1);
              }}
            >
              Back
            </button>
          )}
          <button
            type="button"
            className="primary"
            onClick={() => {
              onMove(last ? null : at + 1);
            }}
          >
            {last ? "Done" : "Next"}
          </button>
          {!last && (
            <button
              type="button"
              className="quiet"
              onClick={() => {
                onMove(null);
              }}
            >
              End the tour
            </button>
          )}
        </div>
      </div>
    </>
  );
}
