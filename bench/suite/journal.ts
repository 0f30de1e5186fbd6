/**
 * Measurements kept in a file as they come, so that a benchmark that was cut off goes on where it
 * stood.
 */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname } from "node:path";
import * as z from "../../src/core/schema";
import { readJson } from "../../src/node/files";

const fileSchema = z.object({
  cpu: z.string(),
  node: z.string(),
  /** Of the first measurement, ISO 8601. */
  startedAt: z.string(),
  command: z.string(),
  settings: z.record(z.string(), z.unknown()),
  measured: z.record(z.string(), z.unknown()),
});
type JournalFile = z.infer<typeof fileSchema>;

export interface Journal {
  /**
   * What the file holds under `key`, or else what `work` finds, which is kept before it is
   * returned.
   */
  measured<Value>(
    key: string,
    schema: z.ZodMiniType<Value>,
    work: () => Promise<Value>,
  ): Promise<Value>;
}

/**
 * @param settings what the measurements depend on
 * @param resume continue the file instead of starting over
 * @throws Error when the file to go on with was made with other settings or on another processor
 */
export async function openJournal(
  path: string,
  settings: Readonly<Record<string, unknown>>,
  resume: boolean,
): Promise<Journal> {
  const fresh: JournalFile = {
    cpu: cpus()[0]?.model ?? "unknown",
    node: process.version,
    startedAt: new Date().toISOString(),
    command: process.argv.slice(2).join(" "),
    settings,
    measured: {},
  };
  const file = resume && existsSync(path) ? await readJson(path, fileSchema) : fresh;
  const made = JSON.stringify([file.cpu, file.node, file.settings]);
  const asked = JSON.stringify([fresh.cpu, fresh.node, fresh.settings]);
  if (made !== asked) throw new Error(`${path}: expected measurements of ${asked}, found ${made}`);
  await mkdir(dirname(path), { recursive: true });
  return {
    async measured(key, schema, work) {
      if (!(key in file.measured)) {
        console.error(`${new Date().toISOString().slice(11, 19)} ${key}`);
        file.measured[key] = await work();
        await writeFile(path, `${JSON.stringify(file, null, 2)}\n`);
      }
      return schema.parse(file.measured[key]);
    },
  };
}
