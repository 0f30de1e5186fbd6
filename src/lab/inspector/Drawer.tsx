/**
 * A drawer along the right edge, next to which the page stays usable; on a phone it covers the page.
 * Closed by Escape or its button.
 */
import { useEffect, useEffectEvent, useId, useRef, type ReactNode } from "react";

interface Props {
  readonly title: ReactNode;
  /** Next to the close button. */
  readonly controls: ReactNode;
  readonly onClose: () => void;
  /** Where focus goes when it is closed; null where it goes back to where it was. */
  readonly returnTo: () => HTMLElement | null;
  readonly children: ReactNode;
}

/** Narrower screens have no room for the page next to it. */
const narrow = "(max-width: 820px)";
/** What Escape closes before the drawer. */
const above = "dialog:modal, :popover-open";

export function Drawer({ title, controls, onClose, returnTo, children }: Props): ReactNode {
  const drawer = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const target = useEffectEvent(returnTo);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (document.querySelector(above) !== null) return;
    // Not also for the page, whose slides end with the same key.
    event.preventDefault();
    event.stopPropagation();
    onClose();
  });
  useEffect(() => {
    const element = drawer.current;
    const before = document.activeElement;
    if (window.matchMedia(narrow).matches) element?.showModal();
    else element?.show();
    heading.current?.focus({ preventScroll: true });
    window.addEventListener("keydown", onKey, { capture: true });
    return () => {
      window.removeEventListener("keydown", onKey, { capture: true });
      const now = document.activeElement;
      // Who went on to work on the page stays there.
      if (now !== document.body && now !== null && element?.contains(now) === false) return;
      const next = target() ?? before;
      if (next instanceof HTMLElement || next instanceof SVGElement) next.focus();
    };
  }, []);
  return (
    <dialog
      ref={drawer}
      className="drawer"
      aria-labelledby={titleId}
      onClose={(event) => {
        // React passes on the end of a view that lies over this one.
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="drawer-head">
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {controls}
        <button type="button" className="quiet" aria-label="Close" title="Close" onClick={onClose}>
          ×
        </button>
      </div>
      {children}
    </dialog>
  );
}
