/** What a file is, by its content: one that holds images, or a network's. */
import { readRange, type ImportFile } from "./files/file";
import { idx } from "./containers/idx";
import { beginsAsImage } from "./pictures/image-header";
import { npy } from "./containers/npy";
import { arrayNames, safetensors } from "./containers/safetensors";
import { tar } from "./containers/tar";
import { namesImages } from "./containers/tensors";
import { zip } from "./containers/zip";

export type Contents = "images" | "network";

/** Null for a file that begins as neither does. */
export async function contentsOf(file: ImportFile): Promise<Contents | null> {
  const start = await readRange(file, 0, Math.min(16, file.sizeBytes));
  if (beginsAsImage(start)) return "images";
  if (await safetensors.recognises([file])) {
    return (await arrayNames(file)).some(namesImages) ? "images" : "network";
  }
  if (await zip.recognises(file)) return (await isPickled(file)) ? "network" : "images";
  if ((await npy.recognises([file])) || (await idx.recognises([file]))) return "images";
  if (isGzip(start) || (await tar.recognises(file))) return "images";
  return isOnnx(start) ? "network" : null;
}

function isGzip([first, second]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b;
}

/** PyTorch's own files are archives, too. */
async function isPickled(file: ImportFile): Promise<boolean> {
  const files = await zip.filesIn(file);
  return files.some(({ path }) => /(^|\/)data\.pkl$/.test(path));
}

/** Exporters write the version of ONNX's format first, as the protobuf field 1. */
function isOnnx([tag, version = 0]: Uint8Array): boolean {
  return tag === 0x08 && version > 0 && version < 0x80;
}
