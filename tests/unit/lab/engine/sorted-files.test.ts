import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { areNetworks, sortedFiles } from "../../../../src/lab/engine/own-images/sorted-files";

const network = new File([readFileSync("tests/fixtures/tiny/tiny-a.safetensors")], "a.safetensors");
const image = new File([readFileSync("tests/fixtures/images/plain.png")], "1.png");
const text = new File(["7"], "labels.txt");
const names = (files: readonly { name: string }[]): string[] => files.map(({ name }) => name);

test("networks and images that are given together each go their way", async () => {
  const { networks, images } = await sortedFiles([image, network]);
  expect(names(networks)).toEqual(["a.safetensors"]);
  expect(images).toMatchObject({ name: "1.png", files: [{ path: "1.png" }] });
});

test("a file that is neither goes with the images, or is refused as a network", async () => {
  expect((await sortedFiles([image, text])).images?.files).toHaveLength(2);
  expect(await sortedFiles([text])).toEqual({ networks: [text], images: null });
});

test("only what is a network without a doubt is taken for one among images", async () => {
  const given = (...files: File[]) => files.map((file) => ({ path: file.name, file }));
  expect(await areNetworks(given(network))).toBe(true);
  expect(await areNetworks(given(network, text))).toBe(false);
  expect(await areNetworks([])).toBe(false);
});
