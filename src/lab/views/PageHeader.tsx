/** The page's name, what it is in one sentence, and the ways to its other views. */
import type { ReactNode } from "react";

export function PageHeader(): ReactNode {
  return (
    <header className="page-header">
      <div className="page-title">
        <h1>Stitch Lab</h1>
        <PageMenu />
      </div>
      <p>
        Take the <span className="role-bottom">bottom</span> layers of one trained network and the{" "}
        <span className="role-top">top</span> layers of another, join them by a small trained{" "}
        <span className="role-stitch">stitch</span>, and see, layer by layer, what that costs. It
        all runs on your own machine.
      </p>
    </header>
  );
}

/** One entry a view, each a button of its own. */
function PageMenu(): ReactNode {
  return <nav className="page-menu" aria-label="Views" />;
}
