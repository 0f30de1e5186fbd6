/** Torchvision's architectures on wasm and in plain JavaScript, against PyTorch. */
import { afterEach, expect, test } from "vitest";
import { tf } from "../../../../src/core/tensor/tf";
import { describeOnEachBackend } from "../../backend";
import {
  logitsError,
  sitesOf,
  stitchError,
  torchvisionExport,
  type TorchvisionExport,
} from "./torchvision-export";

const networks = [
  "resnet18",
  "resnet50",
  "vgg11_bn",
  "densenet121",
  "mobilenet_v2",
  "mobilenet_v3_small",
  "efficientnet_b0",
  "squeezenet1_1",
  "shufflenet_v2_x1_0",
  "regnet_y_400mf",
  "convnext_tiny",
  "vit_b_16",
  "swin_t",
  "inception_v3",
  "googlenet",
] as const;

/** The fewest blocks of a network after which a stitch is compared. */
const fewestSites = 3;

const made: TorchvisionExport[] = [];
afterEach(() => {
  for (const { network } of made.splice(0)) network.dispose();
});

describeOnEachBackend("a network that torchvision exports", (backend) => {
  test.each(networks)("%s has PyTorch's logits and stitch gradients", async (name) => {
    const before = tf.memory().numTensors;
    const example = torchvisionExport(name);
    made.push(example);
    expect(await logitsError(example)).toBeLessThan(1e-3);
    const sites = sitesOf(example);
    expect(sites.length).toBeGreaterThanOrEqual(fewestSites);
    // Plain JavaScript takes ten times as long: the first, one in the middle and the last.
    const some = [0, Math.floor(sites.length / 2), sites.length - 1];
    for (const site of sites.filter((_, at) => backend === "wasm" || some.includes(at))) {
      expect(await stitchError(example, site), site.block).toBeLessThan(3e-3);
    }
    made.pop()?.network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
