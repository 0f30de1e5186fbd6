/** A part whose script is fetched when it is first needed. The page stands where it cannot be had. */
import { Component, Suspense, type ReactNode } from "react";

interface Props {
  /** What it is, in words: "the presentation". */
  readonly name: string;
  /** Nothing is seen of it, so nothing is said while it is fetched. */
  readonly unseen?: boolean;
  readonly children: ReactNode;
}

export class LazyBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    const { name, unseen, children } = this.props;
    if (this.state.failed) {
      return (
        <p className="notice notice-problems" role="status">
          A part of this page could not be loaded: {name}. Reloading the page loses no results.
        </p>
      );
    }
    return (
      <Suspense
        fallback={
          unseen ? null : (
            <p className="hint" role="status">
              Fetching {name}…
            </p>
          )
        }
      >
        {children}
      </Suspense>
    );
  }
}
