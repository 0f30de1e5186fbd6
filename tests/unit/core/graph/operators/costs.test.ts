/** What operators cost: operations by hand, and memory as it is measured on wasm. */
import { beforeAll, describe, expect, test } from "vitest";
import { sizeOf } from "../../../../../src/core/graph/host-tensor";
import { operators } from "../../../../../src/core/graph/operators/registry";
import { useBackend } from "../../../backend";
import { costs } from "./cost-examples";
import { measuredWork } from "./measured-memory";
import { callOf, operatorOf } from "./operator-call";

beforeAll(() => useBackend("wasm"));

describe("the cost of an operator", () => {
  test.each(costs)("%s: operations as counted by hand", (_, example, expected) => {
    const call = callOf(example);
    const output = operatorOf(example).shape(call);
    expect(operatorOf(example).flops?.(call, output) ?? sizeOf(output)).toBe(expected);
  });

  test.each(costs)("%s: memory of which what is measured fits in", (name, example) => {
    const call = callOf(example);
    const output = operatorOf(example).shape(call);
    const images = call.shapes.filter((shape, at) => shape && !call.constants[at]);
    const bytes = 4 * [...images, output].reduce((sum, shape) => sum + sizeOf(shape ?? []), 0);
    const said = operatorOf(example).workBytes?.(call, output);
    const measured = measuredWork(example);
    for (const part of ["forward", "kept", "pullback"] as const) {
      // A number for each channel or row is none that counts.
      expect(measured[part], part).toBeLessThanOrEqual((said?.[part] ?? 0) + bytes / 16);
      // Max pools in plain JavaScript need far more than on wasm.
      if (name === "MaxPool") continue;
      expect(said?.[part] ?? 0, part).toBeLessThanOrEqual(3 * measured[part] + bytes);
    }
  });

  test("is counted of every operator that runs on the device", () => {
    const counted = new Set(costs.map(([, { operator }]) => operator));
    const running = Object.keys(operators).filter((name) => operators[name]?.prepare);
    expect(running.filter((name) => !counted.has(name))).toEqual(["ConstantOfShape"]);
  });
});
