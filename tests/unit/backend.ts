/** tfjs in Node: its WebAssembly backend on one thread, and its plain JavaScript one. */
import { beforeAll, describe } from "vitest";
import { startCpu } from "../../src/core/tensor/plain/start";
import { startWasm } from "../../src/core/tensor/wasm/start";

const nodeBackends = ["wasm", "cpu"] as const;
export type NodeBackend = (typeof nodeBackends)[number];

/** Makes a backend the current one. */
export async function useBackend(name: NodeBackend): Promise<void> {
  await (name === "wasm" ? startWasm(undefined) : startCpu());
}

/** The same suite over every backend that Node has. */
export function describeOnEachBackend(
  claimsAbout: string,
  suite: (name: NodeBackend) => void,
): void {
  describe.each(nodeBackends)(`${claimsAbout}, on %s`, (name) => {
    beforeAll(() => useBackend(name));
    suite(name);
  });
}
