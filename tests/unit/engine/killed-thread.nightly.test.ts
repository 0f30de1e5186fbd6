import { testKilledThread } from "./killed-thread-claim";

// Plain JavaScript takes a minute for what wasm does in seconds.
testKilledThread("cpu");
