import { expect, test } from "vitest";
import * as z from "../../../../src/core/schema";
import { scoreNetwork } from "../../../../src/core/scoring/score";
import { networkAnswers } from "../../../../src/core/scoring/network-answers";
import { describeOnEachBackend } from "../../backend";
import { cifarImages, fixture, tinyNetwork } from "../../fixtures";

/** PyTorch's logits of each network on the first test images. */
const witness = fixture(
  "logits",
  z.object({
    images: z.int(),
    networks: z.array(z.object({ id: z.string(), logits: z.array(z.number()) })),
  }),
);
const classes = 10;

function rowsOf(id: string): number[][] {
  const { logits } = witness.networks.find((network) => network.id === id) ?? { logits: [] };
  return Array.from({ length: logits.length / classes }, (_, row) =>
    logits.slice(row * classes, (row + 1) * classes),
  );
}

function softmax(row: readonly number[]): number[] {
  const most = Math.max(...row);
  const powers = row.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

const largest = (row: readonly number[]): number => row.indexOf(Math.max(...row));

describeOnEachBackend("the answers of a network", () => {
  // Not whole batches: the last one is padded.
  const batchSize = 24;

  test("are PyTorch's", async () => {
    const network = tinyNetwork("tiny-vit-a");
    const answers = await networkAnswers(network, cifarImages("test", witness.images), batchSize);
    network.dispose();
    const rows = rowsOf("tiny-vit-a");
    expect([...answers.classes]).toEqual(rows.map(largest));
    const expected = rows.flatMap(softmax);
    answers.probabilities.forEach((probability, k) =>
      expect(probability).toBeCloseTo(expected[k] ?? NaN, 4),
    );
  });

  test("are what another network is scored by, where it should agree", async () => {
    const [top, bottom] = [tinyNetwork("tiny-vit-a"), tinyNetwork("tiny-vit-b")];
    const images = cifarImages("test", witness.images);
    const toAgreeWith = await networkAnswers(top, images, batchSize);
    const shareWrong = async (network: typeof top): Promise<number> => {
      let flags = new Uint8Array();
      const events = scoreNetwork(network, { ...images, toAgreeWith }, batchSize);
      for await (const { wrong } of events) flags = Uint8Array.from(wrong[0] ?? []);
      return flags.reduce((sum, flag) => sum + flag, 0) / images.count;
    };
    expect(await shareWrong(top)).toBe(0);
    const [topRows, bottomRows] = [rowsOf("tiny-vit-a"), rowsOf("tiny-vit-b")];
    const differing = topRows.filter((row, k) => largest(row) !== largest(bottomRows[k] ?? []));
    expect(differing.length).toBeGreaterThan(0);
    expect(await shareWrong(bottom)).toBe(differing.length / images.count);
    top.dispose();
    bottom.dispose();
  });
});
