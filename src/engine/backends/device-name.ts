/**
 * The device in what Chromium calls a graphics adapter behind WebGL, "ANGLE (maker, device (0x2504)
 * interface, driver)"; other names as they are.
 */
export function deviceName(renderer: string): string {
  const [, device] = /^ANGLE \([^,]*, (.*), [^,]*\)$/.exec(renderer) ?? [];
  if (device === undefined) return renderer;
  return device.replace(/^Vulkan [\d.]+ \(/, "").replace(/ \(0x[\dA-F]+\).*$/i, "");
}
