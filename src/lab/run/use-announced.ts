/** Slows text down for live regions, which screen readers read out whenever it changes. */
import { useEffect, useRef, useState } from "react";

const everyMs = 10_000;

/** The text as it was at most ten seconds ago; at once when `stage` changes. */
export function useAnnounced(text: string, stage: string): string {
  const [announced, setAnnounced] = useState({ text, stage });
  const latest = useRef({ text, stage });

  useEffect(() => {
    latest.current = { text, stage };
  }, [text, stage]);

  useEffect(() => {
    const timer = setInterval(() => setAnnounced(latest.current), everyMs);
    return () => clearInterval(timer);
  }, []);

  if (announced.stage !== stage) setAnnounced({ text, stage });
  return announced.text;
}
