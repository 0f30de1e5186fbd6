/** Files that a visitor gives the page, and what is the same of two reports. */
import type { Page } from "@playwright/test";
import { encode } from "fast-png";
import type { Report } from "../../../src/experiment/report";
import { zip } from "../../unit/core/data/import/files";
import { withoutTimes } from "./lab-page";

export interface DroppedFile {
  readonly name: string;
  readonly body: Uint8Array;
}

/** PNGs by path, in folders for their classes; each class has a colour. */
export function photos(classes: number, each: number): [string, Uint8Array][] {
  return Array.from({ length: classes * each }, (_, k) => {
    const [ofClass, number] = [k % classes, Math.floor(k / classes)];
    const data = Uint8Array.from(
      { length: 32 * 32 * 3 },
      (_, i) => (60 * ((ofClass >> (i % 3)) & 3) + 7 * number + (i * (1 + ofClass)) / 9) & 255,
    );
    const image = encode({ width: 32, height: 32, channels: 3, depth: 8, data });
    return [`class ${ofClass}/${number}.png`, image];
  });
}

export function zipped(files: readonly [string, Uint8Array][]): Buffer {
  return Buffer.from(zip(files.map(([path, bytes]) => ({ path, bytes }))));
}

/** Drops files on the page, all at once. */
export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    (given) => {
      const transfer = new DataTransfer();
      for (const [name, base64] of given) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      return transfer;
    },
    files.map(({ name, body }) => [name, Buffer.from(body).toString("base64")] as const),
  );
  await page.dispatchEvent("main", "dragenter", { dataTransfer });
  await page.dispatchEvent("main", "drop", { dataTransfer });
}

/**
 * A report without times, its numbers in twelve digits: Node and the browser round the exponential
 * function differently in the last one.
 */
export function rounded(report: Report): unknown {
  return JSON.parse(JSON.stringify(withoutTimes(report)), (_, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(12)) : value,
  );
}
