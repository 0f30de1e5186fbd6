/**
 * Runs Stitch Lab's experiments in Node: on worker threads, with networks from files and a store on
 * disk.
 *
 * @packageDocumentation
 */
export { prepareCifar10 } from "./data/prepare";
export { diskStore, type DiskStore } from "./stores";
export { readModel } from "./models";
export { run, runEvents, type RunOptions } from "./run";
