/** The port that the page is served on: 4173, or what STITCH_LAB_PORT says. */
import { connect } from "node:net";
import { SetupError } from "./step.mjs";

const usualPort = 4173;

export const port = portFrom(process.env.STITCH_LAB_PORT);
export const address = `http://localhost:${port}/`;

/**
 * Two checkouts on one machine can each be given a port of their own.
 *
 * @param {string | undefined} text
 */
function portFrom(text) {
  if (text === undefined || text === "") return usualPort;
  const named = Number(text);
  if (Number.isInteger(named) && named > 0 && named < 65_536) return named;
  console.error(`STITCH_LAB_PORT: expected a port from 1 to 65535; found ${text}.`);
  process.exit(1);
}

/** @throws {SetupError} when another program listens there */
export async function requireFreePort() {
  const busy = await Promise.all(["127.0.0.1", "::1"].map(answers));
  if (busy.includes(true)) {
    throw new SetupError(
      `Port ${port} is in use by another program, perhaps by an earlier \`npm start\`. ` +
        `Stop that program and try again, or look whether ${address} is it.`,
    );
  }
}

/**
 * @param {string} host
 * @returns {Promise<boolean>}
 */
function answers(host) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.setTimeout(1_000);
    /** @param {boolean} answer */
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => end(true));
    for (const event of ["error", "timeout"]) {
      socket.on(event, () => end(false));
    }
  });
}
