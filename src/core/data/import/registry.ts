/** The kinds of files that images are read from, in the order in which they are tried. */
import { namesLike } from "../../errors";
import { refused, type ImportFile } from "./file";
import { idx } from "./idx";
import type { Kind } from "./kind";
import type { Source } from "./source";

const kinds: readonly Kind[] = [idx];

/** @throws LabError `bad-file` naming the file that is wrong */
export async function openSource(files: readonly ImportFile[]): Promise<Source> {
  for (const kind of kinds) if (await kind.recognises(files)) return kind.open(files);
  throw refused(
    files[0]?.path ?? "files",
    namesLike(
      "",
      kinds.map(({ name }) => name),
    ),
    files.length === 1 ? "another file" : `${files.length} others`,
  );
}
