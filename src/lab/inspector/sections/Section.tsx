/** One part of the inspector. */
import { useId, type ReactNode } from "react";

interface Props {
  readonly title: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, children }: Props): ReactNode {
  const id = useId();
  return (
    <section className="inspector-part" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
