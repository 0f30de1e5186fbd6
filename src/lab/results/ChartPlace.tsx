/**
 * A chart, in a place of its height. It is a picture until the page is used, or left alone for a
 * while, and the chart is near the screen: drawing one with recharts takes a phone a second in
 * which it answers nothing.
 */
import { startTransition, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { whenUsed } from "../startup/idle";
import type { ChartDescription } from "./charts/description";
import { lazyPart } from "../ui/lazy-part";
import { StaticChart } from "./charts/StaticChart";

export const loadCharts = () => import("./charts/LayerChart");
const LayerChart = lazyPart(
  "the chart",
  async () => ({ default: (await loadCharts()).LayerChart }),
  { suspends: true },
);

interface Props {
  readonly chart: ChartDescription;
  /** In CSS pixels. */
  readonly height: number;
}

/** How near, in CSS pixels: a flick of the thumb. */
const nearness = "300px";
/** A visitor who uses the page may want all of it, to print for example. */
const signsOfUse = ["pointerdown", "keydown"] as const;

export function ChartPlace({ chart, height }: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const draw = (): void => {
      startTransition(() => setDrawn(true));
    };
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) draw();
      },
      { rootMargin: nearness },
    );
    let gone = false;
    void whenUsed().then(() => {
      if (!gone && place.current !== null) observer.observe(place.current);
    });
    for (const sign of signsOfUse) window.addEventListener(sign, draw, { once: true });
    return () => {
      gone = true;
      observer.disconnect();
      for (const sign of signsOfUse) window.removeEventListener(sign, draw);
    };
  }, []);
  const still = <StaticChart {...{ chart, height }} />;
  return (
    <div ref={place} className="chart-place" style={{ height }}>
      {drawn ? (
        <Suspense fallback={still}>
          <LayerChart {...{ chart, height }} />
        </Suspense>
      ) : (
        still
      )}
    </div>
  );
}
