// Node 20 does not hand its loaders on to threads, so each thread starts from JavaScript and brings
// tsx.
import { register } from "tsx/esm/api";

register();
await import(new URL("./worker.ts", import.meta.url).href);
