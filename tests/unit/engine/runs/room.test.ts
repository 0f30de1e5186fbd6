import { expect, test } from "vitest";
import { createRoom } from "../../../../src/engine/host/room";

/** Work that ends when it is told to. */
function work() {
  let end = (): void => undefined;
  let isRunning = false;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    isRunning: () => isRunning,
    end: () => end(),
    run: async () => {
      isRunning = true;
      await ended;
      isRunning = false;
    },
  };
}
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test("work waits in order for its bytes", async () => {
  const room = createRoom(100);
  const [a, b, c] = [work(), work(), work()];
  const all = [room.within(60, a.run), room.within(60, b.run), room.within(10, c.run)];
  await settled();
  expect([a, b, c].map((each) => each.isRunning())).toEqual([true, false, false]);
  a.end();
  await settled();
  expect([a, b, c].map((each) => each.isRunning())).toEqual([false, true, true]);
  b.end();
  c.end();
  await Promise.all(all);
});

test("work that needs more than there is runs alone", async () => {
  const room = createRoom(100);
  const [large, small] = [work(), work()];
  const all = [room.within(500, large.run), room.within(1, small.run)];
  await settled();
  expect([large, small].map((each) => each.isRunning())).toEqual([true, false]);
  large.end();
  await settled();
  expect(small.isRunning()).toBe(true);
  small.end();
  await Promise.all(all);
});

test("work that fails frees its bytes", async () => {
  const room = createRoom(1);
  await expect(room.within(1, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(room.within(1, () => Promise.resolve(7))).resolves.toBe(7);
});
