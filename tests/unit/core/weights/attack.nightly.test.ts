import { nightlySeed } from "../../nightly-seed";
import { testAttack } from "./attack";

testAttack(nightlySeed(), 10_000);
