/** What could not be read of the address, its query among it, and what was done instead. */
import type { ReactNode } from "react";
import type { AddressProblem } from "../../experiment/address/address";
import { useSession, useViewState, useViewStore } from "../view/services";

export function ProblemsNotice({
  problems,
}: {
  readonly problems: readonly AddressProblem[];
}): ReactNode {
  const { dismissProblems } = useSession();
  const view = useViewState();
  const { dismissProblems: dismissOfView } = useViewStore();
  const all = [...view.problems, ...problems];
  if (all.length === 0) return null;
  return (
    <section className="notice notice-problems" aria-labelledby="problems-title">
      <h2 id="problems-title">Part of the link could not be read</h2>
      <ul>
        {all.map(({ parameter, found, expected, instead }, k) => (
          // An address may have the same problem twice, and the list never changes order.
          <li key={k}>
            <code>{parameter}</code>: found <q>{found}</q>, expected {expected}; {instead}.
          </li>
        ))}
      </ul>
      <button
        type="button"
        onClick={() => {
          dismissOfView();
          dismissProblems();
        }}
      >
        Dismiss
      </button>
    </section>
  );
}
