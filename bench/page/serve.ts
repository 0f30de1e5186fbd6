/** The built page on a port of its own, compressed as static hosts compress. */
import compression from "@polka/compression";
import { preview } from "vite";

export interface Served {
  readonly address: string;
  close(): Promise<void>;
}

/** @throws Error when there is no port to be had */
export async function servePage(): Promise<Served> {
  const server = await preview({
    // Any free port: a server of the tests may be on the usual one.
    preview: { port: 0, strictPort: false },
    plugins: [
      {
        name: "compress",
        configurePreviewServer({ middlewares }) {
          middlewares.use(compression());
        },
      },
    ],
  });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error("the page is not served");
  return { address, close: () => server.close() };
}
