/** Parts of the page whose script is fetched late and may fail to load, and details drawn late. */
import {
  Component,
  createElement,
  lazy,
  Suspense,
  type ComponentType,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from "react";
import { fetchFailedStyles } from "../startup/failed-styles";

interface BoundaryProps {
  /** Completes "Could not load …": "the library". */
  readonly name: string;
  /** Called before the children are drawn again. */
  readonly onRetry?: (failure: Error) => void;
  /** Whether the page scrolls to a failure: the visitor pressed something elsewhere. */
  readonly elsewhere?: boolean;
  readonly children: () => ReactNode;
}

interface BoundaryState {
  readonly failure: Error | null;
  /** Whether the visitor has tried again already. */
  readonly retried: boolean;
}

/**
 * Says that its children failed and offers to draw them again; the page around it stays. Where that
 * fails, too, it offers to reload the page: some browsers never fetch a script again that they could
 * not fetch once, and a newer version of the page may no longer have it.
 */
export class ErrorBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { failure: null, retried: false };

  static getDerivedStateFromError(thrown: unknown): Pick<BoundaryState, "failure"> {
    return { failure: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render(): ReactNode {
    const { name, onRetry, elsewhere, children } = this.props;
    const { failure, retried } = this.state;
    if (failure === null) return children();
    return (
      <div
        ref={elsewhere === true ? scrollTo : null}
        className="notice notice-problems"
        role="alert"
      >
        <p>Could not load {name}. Stored results are safe.</p>
        <p className="exactly">{failure.message}</p>
        <button
          type="button"
          onClick={() => {
            onRetry?.(failure);
            this.setState({ failure: null, retried: true });
          }}
        >
          Try again
        </button>
        {retried && (
          <button type="button" onClick={() => window.location.reload()}>
            Reload the page
          </button>
        )}
      </div>
    );
  }
}

function scrollTo(element: Element | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

interface Options extends Pick<BoundaryProps, "elsewhere"> {
  /** Shown while the script is fetched; where absent, a line that says so. */
  readonly fallback?: ReactNode;
  /** Whether a Suspense further up shows what is there meanwhile. */
  readonly suspends?: boolean;
}

/**
 * Returns a component whose script is fetched when it is first drawn, and again after a failure.
 *
 * @param name completes "Could not load …"
 * @param load imports the script
 */
export function lazyPart<P extends object>(
  name: string,
  load: () => Promise<{ readonly default: ComponentType<P> }>,
  { fallback, suspends = false, elsewhere = false }: Options = {},
): (props: P) => ReactNode {
  let Part = lazy(load);
  const retry = ({ message }: Error): void => {
    Part = lazy(() => fetchFailedStyles(message).then(load));
  };
  return function LazyPart(props) {
    return (
      <ErrorBoundary name={name} onRetry={retry} elsewhere={elsewhere}>
        {() => {
          const part = createElement<P>(Part as ComponentType<P>, props);
          if (suspends) return part;
          return (
            <Suspense fallback={fallback === undefined ? <Loading name={name} /> : fallback}>
              {part}
            </Suspense>
          );
        }}
      </ErrorBoundary>
    );
  };
}

function Loading({ name }: { readonly name: string }): ReactNode {
  return (
    <p className="hint" role="status">
      Loading {name}…
    </p>
  );
}

interface DetailsProps {
  readonly className?: string;
  readonly summary: ReactNode;
  readonly children: ReactNode;
}

/** Details whose content is drawn only while they are open. */
export function LazyDetails({ className, summary, children }: DetailsProps): ReactNode {
  const [open, setOpen] = useState(false);
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    // Opened before this script arrived.
    if (details.current?.open) setOpen(true);
  }, []);
  return (
    <details
      ref={details}
      // The browser may have opened them already.
      suppressHydrationWarning
      className={className}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{summary}</summary>
      {open && children}
    </details>
  );
}
