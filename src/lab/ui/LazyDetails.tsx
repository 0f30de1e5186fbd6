/** A line that opens details, which are drawn only while it is open. */
import { useState, type ReactNode } from "react";

interface Props {
  readonly className?: string;
  readonly summary: ReactNode;
  readonly children: ReactNode;
}

export function LazyDetails({ className, summary, children }: Props): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details className={className} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children}
    </details>
  );
}
