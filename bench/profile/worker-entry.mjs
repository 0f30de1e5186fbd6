/** Starts worker.ts in a thread, which does not inherit tsx from its parent. */
import { register } from "tsx/esm/api";

register();
await import(new URL("./worker.ts", import.meta.url).href);
