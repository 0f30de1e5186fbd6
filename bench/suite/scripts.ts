/** The benchmarks that are scripts of their own, each in its own process. */
import { spawn } from "node:child_process";
import { join } from "node:path";

/**
 * @param script under bench/, with its flags
 * @throws Error when it fails
 */
export async function runScript(script: readonly string[], root: string): Promise<void> {
  const tsx = join(root, "node_modules/.bin/tsx");
  await run(tsx, script, root);
}

/** Builds the page that `page.ts` serves. */
export async function buildPage(root: string): Promise<void> {
  await run(join(root, "node_modules/.bin/vite"), ["build", "--logLevel", "warn"], root);
}

function run(program: string, flags: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, flags, { cwd, stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${flags.join(" ")} ended with ${String(code)}`));
    });
  });
}
