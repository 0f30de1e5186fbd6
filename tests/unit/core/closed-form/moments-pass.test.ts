import { expect, test } from "vitest";
import { momentsAtSites } from "../../../../src/core/closed-form/moments-pass";
import { closedFormPass, type ClosedFormEvent } from "../../../../src/core/closed-form/pass";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import { randomImages, tinyNetwork } from "../../fixtures";

describeOnEachBackend("moments at all sites", () => {
  test("are those of the closed-form pass, and leave no tensor behind", async () => {
    const [bottom, top] = [tinyNetwork("tiny-b"), tinyNetwork("tiny-a")];
    const images = randomImages(12);
    const range = { first: 4, end: 12 };
    let pass: ClosedFormEvent | undefined;
    for await (const event of closedFormPass(bottom, top, images, range, 8)) pass = event;
    const before = tf.memory().numTensors;
    const sites = [...top.taps.keys()];
    const found = await momentsAtSites({ bottom, top }, sites, images, range);
    expect(tf.memory().numTensors).toBe(before);
    expect([...found.values()]).toEqual(pass?.sums.map((sums) => sums?.moments));
    const last = sites.length - 1;
    const alone = await momentsAtSites({ bottom, top }, [last], images, range);
    expect([...alone]).toEqual([[last, found.get(last)]]);
    bottom.dispose();
    top.dispose();
  });
});
