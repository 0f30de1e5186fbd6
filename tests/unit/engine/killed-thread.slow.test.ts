import { testKilledThread } from "./killed-thread-claim";

testKilledThread("wasm");
