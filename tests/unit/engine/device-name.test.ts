import { expect, test } from "vitest";
import { deviceName } from "../../../src/engine/backends/device-name";

test.each([
  [
    "ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11)",
    "NVIDIA GeForce RTX 3060",
  ],
  [
    "ANGLE (Intel, Vulkan 1.3.0 (Intel(R) UHD Graphics (0x00003E9B)), Intel driver)",
    "Intel(R) UHD Graphics",
  ],
  [
    "ANGLE (Apple, ANGLE Metal Renderer: Apple M1 Pro, Unspecified Version)",
    "ANGLE Metal Renderer: Apple M1 Pro",
  ],
  [
    "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)",
    "SwiftShader Device (Subzero)",
  ],
  ["Mali-G78", "Mali-G78"],
])("of %s it is %s", (renderer, device) => {
  expect(deviceName(renderer)).toBe(device);
});
