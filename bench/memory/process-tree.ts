/**
 * Memory of a process and everything below it: proportional set size, in which a page that
 * processes share counts once altogether. From /proc, so on Linux only.
 */
import { readdirSync, readFileSync } from "node:fs";

/** @returns bytes; processes that ended while they were read count 0 */
export function treeBytes(root: number): number {
  return treeOf(root).reduce((sum, pid) => sum + proportionalBytes(pid), 0);
}

function treeOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // The name, in parentheses, may hold anything; state and parent follow its end.
    const stat = read(`/proc/${name}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

function proportionalBytes(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1];
  return 1024 * Number(kilobytes ?? 0);
}

/** Empty when the process has ended or is another user's. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
