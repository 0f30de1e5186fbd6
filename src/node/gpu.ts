/** WebGPU in Node: Dawn, through the package `webgpu`. */

let made: Promise<GPU | undefined> | undefined;

/** The same GPU for the whole thread; undefined where Dawn cannot be loaded. */
export function nodeGpu(): Promise<GPU | undefined> {
  made ??= load();
  return made;
}

async function load(): Promise<GPU | undefined> {
  try {
    const { create, globals } = await import("webgpu");
    // tfjs looks for WebGPU where a browser has it.
    Object.assign(globalThis, globals);
    // Rounded to 65.5 µs, times of kernels would say nothing; nobody but this process can read
    // them.
    const gpu = create(["disable-dawn-features=timestamp_quantization"]);
    Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
    return gpu;
  } catch {
    return undefined;
  }
}
