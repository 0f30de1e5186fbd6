/** Keeps the page standing where the charts cannot be loaded or drawn. */
import { Component, type ReactNode } from "react";

interface Props {
  readonly children: ReactNode;
  /** What is said instead; where absent, that the charts are missing. */
  readonly instead?: string;
}

export class ChartBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <p className="notice notice-problems" role="status">
        {this.props.instead ??
          "The charts could not be loaded. The table has all the numbers; reloading the page loses none of them."}
      </p>
    );
  }
}
