import { expect, test } from "vitest";
import { deviceStitch } from "../../../../src/core/stitch/device-stitch";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";

describeOnEachBackend("a stitch on the device", () => {
  test("maps every position by z = xW + b and keeps positions apart", async () => {
    const stitch = deviceStitch({
      weight: Float64Array.of(1, 2, 3, 10, 20, 30),
      bias: Float64Array.of(0.5, 0, -1),
    });
    const z = tf.tidy(() => stitch.apply(tf.tensor4d([1, 0, 0, 1, 2, 1, 0, 0], [1, 2, 2, 2])));
    expect(z.shape).toEqual([1, 2, 2, 3]);
    expect([...(await z.data())]).toEqual([1.5, 2, 2, 10.5, 20, 29, 12.5, 24, 35, 0.5, 0, -1]);
    stitch.dispose();
    z.dispose();
  });
});
