/** One command of a figure; preset-command.nightly.test.ts has the others. */
import { describePresetCommands } from "./preset-command-claims";

describePresetCommands(["halves"]);
