import { describe, expect, test } from "vitest";
import { readOptions } from "../../../src/cli/options";
import {
  convertCommand,
  imagenetCommand,
  imagenetNetworks,
  imagenetSpec,
} from "../../../src/experiment/figures/imagenet";
import { specSchema } from "../../../src/experiment/spec";

const [supervised, ...others] = imagenetNetworks;

describe("the figure on ImageNet", () => {
  test("has a command that the command line reads", () => {
    const words = imagenetCommand().replaceAll("\\\n", " ").split(/\s+/);
    const options = readOptions(words.slice(words.indexOf("--") + 1));
    expect(options.top).toBe(supervised.out);
    expect([options.bottom, ...(options.also ?? [])]).toEqual(others.map(({ out }) => out));
    expect(options.images.fit).toEqual({ height: 224, width: 224, shorterSide: 256 });
    expect(options.memoryBytes).toBe(6e9);
  });

  test("converts each network to the file that the command names", () => {
    for (const network of imagenetNetworks) {
      expect(convertCommand(network)).toMatch(
        new RegExp(`^python3 -m zoo.convert \\S+( --head \\S+)? --out ${network.out}$`),
      );
    }
  });

  test("is an experiment with a curve for each network that is here", () => {
    const data = `sha256:${"0".repeat(64)}`;
    const spec = imagenetSpec("a", ["b", "c"], data, { train: 800, test: 200 });
    expect(specSchema.parse(spec)).toEqual(spec);
    expect(spec.curves.map(({ top, bottom }) => [top, bottom])).toEqual([
      ["a", "b"],
      ["a", "c"],
    ]);
    expect([spec.data, spec.trainImages, spec.testImages]).toEqual([data, 800, 200]);
  });
});
