/** What a presentation and its speaker notes, in two windows of one browser, say to each other. */
import { presetNames, type PresetName } from "../../experiment/figures";

export interface SlideNews {
  readonly type: "slide";
  /** Null where the experiment is no figure. */
  readonly figure: PresetName | null;
  /** For people. */
  readonly step: string;
  readonly stepNumber: number;
  readonly steps: number;
  /** For people; null on the last step. */
  readonly nextStep: string | null;
  readonly nextFigure: PresetName | null;
}

export type SlideMessage =
  | SlideNews
  /** Notes have opened and want to know where the slide is. */
  | { readonly type: "ask" }
  /** A key was pressed in the notes. */
  | { readonly type: "move"; readonly by: 1 | -1 };

/** Only windows of this origin get to it. */
const channelName = "stitch-lab-slide";

export interface SlideChannel {
  readonly send: (message: SlideMessage) => void;
  readonly close: () => void;
}

/** @param onMessage called for everything that the other window sends */
export function openSlideChannel(onMessage: (message: SlideMessage) => void): SlideChannel {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = readSlideMessage(data);
    if (message !== null) onMessage(message);
  };
  return {
    send: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}

/** Another version of the page may be open, so a message is read before it is believed. */
export function readSlideMessage(data: unknown): SlideMessage | null {
  if (typeof data !== "object" || data === null || !("type" in data)) return null;
  if (data.type === "ask") return { type: "ask" };
  if (data.type === "move" && "by" in data) {
    return data.by === 1 || data.by === -1 ? { type: "move", by: data.by } : null;
  }
  if (data.type !== "slide") return null;
  const { figure, step, stepNumber, steps, nextStep, nextFigure }: Record<string, unknown> = {
    ...data,
  };
  const [named, next] = [figureNamed(figure), figureNamed(nextFigure)];
  if (named === undefined || next === undefined || typeof step !== "string") return null;
  if (typeof stepNumber !== "number" || typeof steps !== "number") return null;
  return {
    type: "slide",
    figure: named,
    step,
    stepNumber,
    steps,
    nextStep: typeof nextStep === "string" ? nextStep : null,
    nextFigure: next,
  };
}

function figureNamed(name: unknown): PresetName | null | undefined {
  return name === null ? null : presetNames.find((other) => other === name);
}
