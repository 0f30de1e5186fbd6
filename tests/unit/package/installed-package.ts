/** The package as `npm pack` makes it, unpacked into an empty folder. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { extract } from "tar";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../../..");

export interface InstalledPackage {
  readonly folder: string;
  /** Runs Node in the folder. @returns standard output */
  readonly node: (...args: string[]) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** @returns the path of the packed package, in a folder of its own */
export async function packed(): Promise<string> {
  await run("npm", ["run", "-s", "package"], { cwd: root });
  const folder = await mkdtemp(join(tmpdir(), "stitch-lab-packed-"));
  await run("npm", ["pack", "-s", "--pack-destination", folder], { cwd: root });
  const [name = ""] = await readdir(folder);
  return join(folder, name);
}

/**
 * Unpacks the package into a new folder, with the examples and the prepared data.
 *
 * @param install puts it into the folder's node_modules
 */
export async function installedPackage(
  install: (tarball: string, folder: string) => Promise<void>,
): Promise<InstalledPackage> {
  const tarball = await packed();
  const folder = await mkdtemp(join(tmpdir(), "stitch-lab-installed-"));
  await install(tarball, folder);
  await cp(join(root, "examples"), folder, { recursive: true });
  await symlink(join(root, "public/data"), join(folder, "cifar10"));
  return {
    folder,
    node: async (...args) => (await run(process.execPath, args, { cwd: folder })).stdout,
    remove: async () => {
      await rm(resolve(tarball, ".."), { recursive: true });
      await rm(folder, { recursive: true });
    },
  };
}

/** Next to the checkout's packages, which are those of the lock file: no registry is asked. */
export async function nextToOurPackages(tarball: string, folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  await mkdir(modules);
  for (const name of await readdir(join(root, "node_modules"))) {
    if (!name.startsWith(".")) await symlink(join(root, "node_modules", name), join(modules, name));
  }
  await mkdir(join(modules, "stitch-lab"));
  await extract({ file: tarball, cwd: join(modules, "stitch-lab"), strip: 1 });
}

/** As a stranger installs it. */
export async function byNpm(tarball: string, folder: string): Promise<void> {
  await run("npm", ["init", "-y"], { cwd: folder });
  await run("npm", ["install", "--no-audit", "--no-fund", tarball], { cwd: folder });
}

export const network = join(root, "public/zoo/resnet18-w4-s0.safetensors");
