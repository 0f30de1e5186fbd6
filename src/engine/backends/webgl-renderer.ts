/** The name of the graphics adapter behind WebGL. */
import { LabError } from "../../core/errors";

/** @throws LabError `backend` when this thread has no WebGL */
export function webglRenderer(): string {
  const gl =
    typeof OffscreenCanvas === "undefined" ? null : new OffscreenCanvas(1, 1).getContext("webgl2");
  if (!gl) {
    throw new LabError({
      code: "backend",
      input: "webgl",
      expected: "WebGL 2 in a worker",
      found: "none in this browser",
    });
  }
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const renderer: unknown = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  // Browsers allow few contexts at a time; tfjs opens its own.
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return String(renderer);
}
