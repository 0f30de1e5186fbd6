/**
 * The place of a chart, as high as the chart. A sketch stands in it until the chart is near the screen and what draws it
 * has arrived: drawing one takes a phone a second in which it answers nothing.
 */
import { startTransition, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { CurveSketch } from "../views/CurveSketch";
import type { ChartPoint } from "./chart-data";
import type { OtherCurve } from "./OtherCurves";

interface Props {
  /** In CSS pixels. */
  readonly height: number;
  readonly points: readonly ChartPoint[];
  readonly value: "penalty" | "similarity";
  readonly others: readonly OtherCurve[];
  readonly children: ReactNode;
}

/** How near, in CSS pixels: a flick of the thumb. */
const nearness = "300px";
/** Whoever does something with the page may want all of it, to save or to print. */
const signsOfUse = ["pointerdown", "keydown"] as const;

export function ChartPlace({ height, points, value, others, children }: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (place.current === null) return undefined;
    const draw = (): void => {
      startTransition(() => {
        setNear(true);
      });
    };
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) draw();
      },
      { rootMargin: nearness },
    );
    observer.observe(place.current);
    for (const sign of signsOfUse) window.addEventListener(sign, draw, { once: true });
    return () => {
      observer.disconnect();
      for (const sign of signsOfUse) window.removeEventListener(sign, draw);
    };
  }, []);
  const first = points.map((point) =>
    value === "penalty" ? (point.penalty ?? point.leastSquares) : point.similarity,
  );
  const sketch = (
    <CurveSketch
      className="chart-sketch"
      curves={[first, ...others.map((other) => other.points.map((point) => point?.value ?? null))]}
      atLeast={value === "penalty" ? [0, 5] : [0, 1]}
      height={100}
      colour={value === "penalty" ? "var(--stitch)" : "var(--similarity)"}
    />
  );
  return (
    <div ref={place} className="chart-place" style={{ height }}>
      {near ? <Suspense fallback={sketch}>{children}</Suspense> : sketch}
    </div>
  );
}
