/** The port that the page is served on; vite.config.ts says the same. */
import { connect } from "node:net";
import { SetupError } from "./step.mjs";

export const port = 4173;
export const address = `http://localhost:${String(port)}/`;

/** @throws {SetupError} when another program listens there */
export async function requireFreePort() {
  const busy = await Promise.all(["127.0.0.1", "::1"].map(answers));
  if (busy.includes(true)) {
    throw new SetupError(
      `Port ${String(port)} is in use by another program, perhaps by an earlier \`npm start\`. ` +
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
    socket.on("connect", () => {
      end(true);
    });
    for (const event of ["error", "timeout"]) {
      socket.on(event, () => {
        end(false);
      });
    }
  });
}
