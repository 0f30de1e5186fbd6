import { nightlySeed } from "../../nightly";
import { testAttack } from "./attack";

testAttack(nightlySeed("weight files"), 10_000);
