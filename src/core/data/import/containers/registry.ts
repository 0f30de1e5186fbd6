/** The kinds of files that images are read from, in the order in which they are tried. */
import type { Codecs } from "../pictures/decode";
import { refused, type ImportFile } from "../files/file";
import { folder } from "./folder";
import { idx } from "./idx";
import type { Archive, Kind } from "./kind";
import { npy } from "./npy";
import { checkPaths } from "../files/paths";
import { safetensors } from "./safetensors";
import type { Source } from "./source";
import { tar } from "./tar";
import { zip } from "./zip";

const kinds: readonly Kind[] = [idx, npy, safetensors, folder];

/** Their files are then read like those of a folder. */
const archives: readonly Archive[] = [zip, tar];

/** @throws LabError `bad-file` naming the file that is wrong */
export async function openSource(
  given: readonly ImportFile[],
  input: string,
  codecs: Codecs,
): Promise<Source> {
  const files = checkPaths(await unpacked(given));
  for (const kind of kinds) if (await kind.recognises(files)) return kind.open(files, codecs);
  const found =
    files.length === 1 ? (files[0]?.path ?? "") : `${files.length} files of other kinds`;
  const names = kinds.map(({ name }) => name).join("; ");
  throw refused(input, `${names}; or a .zip or .tar of them`, found);
}

async function unpacked(files: readonly ImportFile[]): Promise<readonly ImportFile[]> {
  const [file, second] = files;
  if (!file || second) return files;
  for (const archive of archives) if (await archive.recognises(file)) return archive.filesIn(file);
  return files;
}
