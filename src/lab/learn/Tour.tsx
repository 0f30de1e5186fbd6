/** The way into the tour. */
import { lazy, useState, type ReactNode } from "react";
import { LazyBoundary } from "../ui/LazyBoundary";

const TourStep = lazy(() => import("./TourStep"));

export function Tour(): ReactNode {
  const [at, setAt] = useState<number | null>(null);
  return (
    <>
      <button
        type="button"
        onClick={() => {
          setAt(0);
        }}
      >
        Tour
      </button>
      {at !== null && (
        <LazyBoundary name="the tour" unseen>
          <TourStep key={at} at={at} onMove={setAt} />
        </LazyBoundary>
      )}
    </>
  );
}
