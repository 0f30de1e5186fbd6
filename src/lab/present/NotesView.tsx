/** The speaker's notes on the slide that a presentation shows in another window, with a clock. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import { presets } from "../../experiment/figures";
import { usePageKey } from "../ui/use-page-key";
import { presentAction } from "./present-keys";
import { openSlideChannel, type SlideChannel, type SlideNews } from "./slide-channel";
import "./notes.css";

export default function NotesView(): ReactNode {
  const [slide, setSlide] = useState<SlideNews | null>(null);
  const channel = useRef<SlideChannel | null>(null);
  useEffect(() => {
    const opened = openSlideChannel((message) => {
      if (message.type === "slide") setSlide(message);
    });
    channel.current = opened;
    opened.send({ type: "ask" });
    return () => opened.close();
  }, []);
  usePageKey((event) => {
    const action = presentAction(event, false);
    if (action?.type !== "step") return false;
    channel.current?.send({ type: "move", by: action.by });
    return true;
  });
  const figure = slide?.figure ? presets[slide.figure] : null;
  return (
    <>
      <header className="notes-head">
        <h1>{figure?.title ?? "Speaker notes"}</h1>
        <Clock />
      </header>
      {slide === null ? (
        <p role="status">Waiting for a presentation in another window of this browser…</p>
      ) : (
        <p role="status" className="hint">
          Step {slide.stepNumber} of {slide.steps}: {slide.step}
        </p>
      )}
      {slide !== null && figure === null && <p>Only figures have notes.</p>}
      {figure !== null && (
        <dl className="notes">
          <dt>Question</dt>
          <dd>{figure.question}</dd>
          <dt>Claim</dt>
          <dd>{figure.claim}</dd>
          <dt>Look for</dt>
          <dd>{figure.lookFor}</dd>
          <dt>Setup</dt>
          <dd>{figure.scale}</dd>
        </dl>
      )}
      {slide !== null && (
        <p className="notes-next">
          <strong>Next:</strong>{" "}
          {slide.nextStep ?? (slide.nextFigure ? presets[slide.nextFigure].title : "the end")}
          {slide.nextStep !== null &&
            slide.nextFigure !== null &&
            `; then “${presets[slide.nextFigure].title}”`}
        </p>
      )}
      <p className="hint">Page Down and Page Up also work in this window.</p>
    </>
  );
}

/** Time of day, and the time since the notes were opened. */
function Clock(): ReactNode {
  const [from] = useState(Date.now);
  const [now, setNow] = useState(from);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.floor((now - from) / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const time = new Date(now);
  return (
    <p className="notes-clock" role="timer">
      <strong>
        {Math.floor(seconds / 60)}:{two(seconds % 60)}
      </strong>{" "}
      <span className="hint">
        {two(time.getHours())}:{two(time.getMinutes())}
      </span>
    </p>
  );
}
