/** The questions before images are read, and the answers that suit the networks. */
import { expect, test } from "vitest";
import type { ImageShape } from "../../../../src/core/nets/architecture-schema";
import type { Preview } from "../../../../src/lab/engine/own-images/messages";
import {
  asksSize,
  bytesTaken,
  commandOptions,
  firstAnswers,
  readOptionsOf,
} from "../../../../src/lab/images/image-options";
import { cifar10Form } from "../../../../src/core/data/cifar10";
import type { ModelPair } from "../../../../src/lab/session/experiment/pair";
import { model } from "../fakes";

function preview(fields: Partial<Preview> = {}): Preview {
  return {
    train: 160,
    test: 40,
    areSplit: false,
    classNames: ["cat", "dog"],
    channels: 3,
    sizes: [{ height: 32, width: 32 }],
    samples: [],
    ...fields,
  };
}

/** Networks of the zoo that read images of a shape. */
function pairFor(input?: ImageShape, data?: string): ModelPair {
  const network = {
    ...model("resnet18-w16-s0"),
    ...(data !== undefined && { data }),
    architecture: {
      family: "resnet" as const,
      blocks: [2, 2, 2],
      width: 16,
      ...(input && { input }),
    },
  };
  return { top: network, bottom: network };
}

const several = {
  sizes: [
    { height: 60, width: 80 },
    { height: 300, width: 200 },
  ],
};

test("images that the networks read are not asked about, and get the networks' normalisation", () => {
  const answers = firstAnswers(preview(), pairFor());
  expect(asksSize(preview(), { height: 32, width: 32, channels: 3 })).toBe(false);
  expect(readOptionsOf(answers)).toEqual({
    isGrey: false,
    normalisation: cifar10Form.normalisation,
  });
  expect(commandOptions("photos", answers)).toBe("--data photos --normalisation cifar10");
});

test("images of several sizes become those that the networks read", () => {
  const large = { height: 224, width: 224, channels: 3 } as const;
  const answers = firstAnswers(preview(several), pairFor(large, "imagenet"));
  expect(answers).toMatchObject({ size: { height: 224, width: 224 }, normalisation: "usual" });
  expect(commandOptions("my photos", { ...answers, shorterSide: 256 })).toBe(
    "--data 'my photos' --image-size 224 --resize 256",
  );
  expect(readOptionsOf({ ...answers, shorterSide: 256 })).toEqual({
    fit: { height: 224, width: 224, shorterSide: 256 },
    isGrey: false,
  });
});

test("colour images become grey for networks that read grey", () => {
  const input = { height: 28, width: 28, channels: 1 } as const;
  const answers = firstAnswers(preview(), pairFor(input, "fashion-mnist"));
  expect(answers).toEqual({
    size: { height: 28, width: 28 },
    shorterSide: null,
    isGrey: true,
    normalisation: "fashion-mnist",
  });
  expect(commandOptions("it's.zip", answers)).toBe(
    "--data 'it'\\''s.zip' --image-size 28 --grey --normalisation fashion-mnist",
  );
  expect(bytesTaken(preview(), answers)).toBe(200 * 28 * 28);
});

test("without networks, images of one size keep it", () => {
  expect(firstAnswers(preview(), null)).toMatchObject({
    size: { height: 32, width: 32 },
    normalisation: "usual",
  });
});
