/** What stands behind one line, and is fetched when it is opened. */
import { useState, type ReactNode } from "react";
import { LazyBoundary } from "./LazyBoundary";

interface Props {
  readonly className?: string;
  readonly summary: ReactNode;
  /** Of what is fetched, in a sentence. */
  readonly name: string;
  readonly children: ReactNode;
}

export function LazyDetails({ className, summary, name, children }: Props): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details
      className={className}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>{summary}</summary>
      {open && <LazyBoundary name={name}>{children}</LazyBoundary>}
    </details>
  );
}
