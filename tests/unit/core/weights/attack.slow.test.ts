import { testAttack } from "./attack";

testAttack(20_210_614, 300);
