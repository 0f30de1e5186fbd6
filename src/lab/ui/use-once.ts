import { useEffect, useState } from "react";
import { errorData } from "../../core/errors";
import type { Loaded } from "../session/state";

const loading = { status: "loading" } as const;

/**
 * What a promise gives, asked for again when `ask` changes.
 *
 * @param ask one and the same function until there is something else to ask for; null asks for
 *   nothing
 * @param name in words, for what is said where it cannot be had
 */
export function useOnce<T>(ask: (() => Promise<T>) | null, name: string): Loaded<T> {
  const [answer, setAnswer] = useState<{ of: typeof ask; value: Loaded<T> } | null>(null);
  useEffect(() => {
    if (ask === null) return undefined;
    let wanted = true;
    const show = (value: Loaded<T>): void => {
      if (wanted) setAnswer({ of: ask, value });
    };
    ask().then(
      (value) => show({ status: "ready", value }),
      (thrown: unknown) => show({ status: "failed", error: errorData(thrown, name) }),
    );
    return () => {
      wanted = false;
    };
  }, [ask, name]);
  return answer?.of === ask ? answer.value : loading;
}
