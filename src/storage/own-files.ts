/**
 * Stores one kind of the visitor's own: records, and the files that each names by their hashes. They
 * are never removed to make room; what the browser cannot store stays in memory until the page is
 * closed.
 */
import type * as z from "../core/schema";
import { filesOnly, putOrEvict } from "./eviction";
import { orWarn } from "./or-warn";
import { sealed, unsealed } from "./record";
import type { StoreDeps } from "./store-deps";
import type { OwnKind } from "./tables";

/** What sets one kind apart from the others. */
interface Kind<About> {
  /** Its table of records. */
  readonly kind: OwnKind;
  /** In words, for the log. */
  readonly inWords: string;
  readonly schema: z.ZodMiniType<About>;
  readonly keyOf: (about: About) => string;
  /** For people. */
  readonly nameOf: (about: About) => string;
  /**
   * SHA-256 of the files that a stored record names.
   *
   * @param about null where the record cannot be read
   * @returns null where they are not known
   */
  readonly filesOf: (key: string, about: About | null) => readonly string[] | null;
}

/** None of these functions rejects. */
export interface OwnFiles<About> {
  /** All that is here, sorted by name. */
  readonly list: () => Promise<readonly (About & { readonly stored: boolean })[]>;
  /** Stores a record with its files, by SHA-256, in the browser where possible, else in memory. */
  readonly put: (
    about: About,
    files: ReadonlyMap<string, Uint8Array | Blob>,
  ) => Promise<About & { readonly stored: boolean }>;
  readonly remove: (key: string) => Promise<void>;
  /**
   * Where workers, which do not share this page's memory, read the files of what could not be
   * stored, by SHA-256; undefined for what is stored.
   */
  readonly urls: (about: About) => ReadonlyMap<string, string> | undefined;
}

/** Begins the path of a file that no server has. */
const ownFileScheme = "own-file:";

/** Returns the path of a stored file; its hash finds it, and its name is for people. */
export function ownFilePath(name: string): string {
  return ownFileScheme + name;
}

/** Returns the name of a file by its path; undefined for files of a server. */
export function ownFileName(path: string): string | undefined {
  return path.startsWith(ownFileScheme) ? path.slice(ownFileScheme.length) : undefined;
}

export function createOwnFiles<About>(
  { connect, board, recordStore, measure, nowMs }: StoreDeps,
  { kind, inWords, schema, keyOf, nameOf, filesOf }: Kind<About>,
): OwnFiles<About> {
  /** What is only in memory, by key. */
  const unstored = new Map<string, { about: About; urls: ReadonlyMap<string, string> }>();

  /** Null for what cannot be read: it may come from a newer version, and is left alone. */
  const read = (entry: unknown): About | null =>
    schema.safeParse(unsealed(entry)?.value).data ?? null;

  const stored = (): Promise<About[]> =>
    orWarn(`list ${inWords}s`, [], async () => {
      const entries = (await (await connect())?.ownRecords(kind)) ?? [];
      return entries.flatMap((entry) => read(entry) ?? []);
    });

  const store = (about: About, files: ReadonlyMap<string, Uint8Array | Blob>): Promise<boolean> =>
    orWarn(`write a ${inWords}`, false, async () => {
      const tables = await connect();
      if (!tables?.writable) return false;
      return putOrEvict(
        () => tables.putOwn(kind, keyOf(about), sealed(about, nowMs()), files),
        { tables, board, isEvictable: filesOnly(recordStore.isEvictable) },
        { neededBytes: () => [[...files.values()].reduce((sum, file) => sum + sizeOf(file), 0)] },
      );
    });

  function forget(key: string): void {
    for (const url of unstored.get(key)?.urls.values() ?? []) URL.revokeObjectURL(url);
    unstored.delete(key);
  }

  const byName = (a: About, b: About): number =>
    nameOf(a).localeCompare(nameOf(b)) || (keyOf(a) < keyOf(b) ? -1 : 1);

  return {
    async list() {
      const listed = (await stored()).filter((about) => !unstored.has(keyOf(about)));
      return [
        ...listed.map((about) => ({ ...about, stored: true })),
        ...[...unstored.values()].map(({ about }) => ({ ...about, stored: false })),
      ].sort(byName);
    },
    async put(about, files) {
      const isStored = await store(about, files);
      forget(keyOf(about));
      if (!isStored) {
        const urls = [...files].map(([sha256, file]) => [sha256, urlOf(file)] as const);
        unstored.set(keyOf(about), { about, urls: new Map(urls) });
      }
      await measure();
      return { ...about, stored: isStored };
    },
    async remove(key) {
      forget(key);
      await orWarn(`remove a ${inWords}`, undefined, async () => {
        const tables = await connect();
        if (!tables?.writable) return;
        await tables.deleteOwn(kind, key, (other, entry) => filesOf(other, read(entry)));
      });
      await measure();
    },
    urls: (about) => unstored.get(keyOf(about))?.urls,
  };
}

function sizeOf(file: Uint8Array | Blob): number {
  return file instanceof Blob ? file.size : file.byteLength;
}

function urlOf(file: Uint8Array | Blob): string {
  return URL.createObjectURL(file instanceof Blob ? file : new Blob([new Uint8Array(file)]));
}
