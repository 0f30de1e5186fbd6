/** What stands behind one line, and is fetched when it is opened. */
import { useState, type ReactNode } from "react";
import { Fetched } from "./Fetched";

interface Props {
  readonly className?: string;
  readonly summary: ReactNode;
  /** Of what is fetched, in a sentence. */
  readonly name: string;
  readonly children: ReactNode;
}

export function Unfolding({ className, summary, name, children }: Props): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details
      className={className}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>{summary}</summary>
      {open && <Fetched name={name}>{children}</Fetched>}
    </details>
  );
}
