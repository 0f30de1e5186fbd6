import { Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { seeded } from "../../../../../src/core/random/generator";
import {
  channelsInPlace,
  matchedChannels,
} from "../../../../../src/core/stitch/families/channel-maps";
import { permutation } from "../../../../../src/core/stitch/families/permutation";
import { exactMoments } from "../../exact-sums";
import { normalArray } from "../../numbers";

const samples = (columns: number, stream: number): Matrix =>
  Matrix.from1DArray(200, columns, normalArray(seeded(47, stream), 200 * columns));

describe("channels in place", () => {
  test("are the identity between equal numbers of channels", () => {
    expect([...channelsInPlace(2, 2).weight]).toEqual([1, 0, 0, 1]);
  });

  test("drop what the target has no room for", () => {
    expect([...channelsInPlace(3, 2).weight]).toEqual([1, 0, 0, 1, 0, 0]);
  });

  test("leave the target's further channels at 0", () => {
    const { weight, bias } = channelsInPlace(2, 3);
    expect([...weight]).toEqual([1, 0, 0, 0, 1, 0]);
    expect([...bias]).toEqual([0, 0, 0]);
  });
});

describe("matched channels", () => {
  test("are the permutation between equal numbers of channels", () => {
    const moments = exactMoments(samples(6, 0), samples(6, 1));
    expect(matchedChannels(moments).weight).toEqual(permutation(moments).weight);
  });

  test("find a copy of some channels among more", () => {
    const source = samples(5, 2);
    const moments = exactMoments(source, source.subMatrixColumn([4, 1]));
    const { weight } = matchedChannels(moments);
    expect([...weight]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);
  });

  test("leave target channels without a partner at 0", () => {
    const target = samples(4, 3);
    const moments = exactMoments(target.subMatrixColumn([2]), target);
    expect([...matchedChannels(moments).weight]).toEqual([0, 0, 1, 0]);
  });
});
