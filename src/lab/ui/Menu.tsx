/** A menu of lesser actions behind one button. It works before the page’s script has arrived. */
import { useEffect, useRef, type ReactNode } from "react";

interface Props {
  readonly label: string;
  /** Buttons; a press of any of them closes the menu. */
  readonly children: ReactNode;
}

export function Menu({ label, children }: Props): ReactNode {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (): void => {
      if (details.current) details.current.open = false;
    };
    const onPointer = ({ target }: PointerEvent): void => {
      if (target instanceof Node && details.current?.contains(target) !== true) close();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || details.current?.open !== true) return;
      close();
      // Used up: the page would leave a presentation.
      event.preventDefault();
      details.current.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
  return (
    // The browser may have opened it already.
    <details ref={details} className="menu" suppressHydrationWarning>
      <summary>{label}</summary>
      <div
        className="menu-items"
        onClick={({ target }) => {
          const pressed = target instanceof Element && target.closest("button") !== null;
          if (!pressed || details.current === null) return;
          details.current.open = false;
          // What was pressed is hidden now; a view that it opened gives the focus back to this.
          details.current.querySelector("summary")?.focus();
        }}
      >
        {children}
      </div>
    </details>
  );
}
