import { useEffect, useState } from "react";
import type * as z from "../../core/schema";
import { errorData } from "../../core/errors";
import { fetchJson } from "../engine/fetch-json";
import type { Loaded } from "../session/state";

/**
 * A JSON file next to the page, fetched when it is first needed.
 *
 * @param path from the page's address; null asks for nothing
 * @param schema one and the same object in every call
 * @param name in words, for what is said where it cannot be had
 */
export function useFetched<T>(
  path: string | null,
  schema: z.ZodMiniType<T>,
  name: string,
): Loaded<T> | null {
  const [fetched, setFetched] = useState<{ path: string; file: Loaded<T> } | null>(null);
  useEffect(() => {
    if (path === null) return undefined;
    let wanted = true;
    const show = (file: Loaded<T>): void => {
      if (wanted) setFetched({ path, file });
    };
    fetchJson(new URL(path, document.baseURI), schema).then(
      (value) => show({ status: "ready", value }),
      (thrown: unknown) => show({ status: "failed", error: errorData(thrown, name) }),
    );
    return () => {
      wanted = false;
    };
  }, [path, schema, name]);
  if (path === null) return null;
  return fetched?.path === path ? fetched.file : { status: "loading" };
}
