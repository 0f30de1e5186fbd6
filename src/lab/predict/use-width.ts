import { useEffect, useState, type RefObject } from "react";

/** Of a drawing, in CSS pixels: drawn in these, its letters are as large on a phone. */
export function useWidth(frame: RefObject<Element | null>): number {
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const { current } = frame;
    if (!current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(200, entry.contentRect.width));
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}
