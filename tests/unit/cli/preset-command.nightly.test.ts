/**
 * Every command of a figure but those of preset-command.slow.test.ts, which run in the night, too.
 */
import { presetNames } from "../../../src/experiment/figures";
import { describePresetCommands } from "./preset-command-claims";

describePresetCommands(presetNames.filter((name) => name !== "halves"));
