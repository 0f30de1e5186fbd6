/**
 * The place of a chart, as high as the chart. A still picture of it stands there until the page is used, or left alone
 * for a while, and the chart is near the screen: drawing one takes a phone a second in which it answers nothing.
 */
import { startTransition, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { whenUsed } from "../startup/idle";
import { StaticChart, type StaticPicture } from "./charts/StaticChart";

interface Props {
  /** In CSS pixels. */
  readonly height: number;
  readonly picture: StaticPicture;
  readonly children: ReactNode;
}

/** How near, in CSS pixels: a flick of the thumb. */
const nearness = "300px";
/** Whoever does something with the page may want all of it, to save or to print. */
const signsOfUse = ["pointerdown", "keydown"] as const;

export function ChartPlace({ height, picture, children }: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const draw = (): void => {
      startTransition(() => {
        setDrawn(true);
      });
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
  const still = <StaticChart {...picture} height={height} />;
  return (
    <div ref={place} className="chart-place" style={{ height }}>
      {drawn ? <Suspense fallback={still}>{children}</Suspense> : still}
    </div>
  );
}
