/** One part of the inspector. */
import { useId, type ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Section({ title, wide = false, children }: Props): ReactNode {
  const id = useId();
  return (
    <section className={wide ? "inspector-part wide" : "inspector-part"} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
