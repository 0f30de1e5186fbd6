/**
 * Everything that can be checked without a browser: the sources and the unit tests.
 *
 *     npm run check
 */
import { runChecks } from "./report/checks.mjs";
import { conclude } from "./report/counts.mjs";
import { runUnitTests } from "./report/runners.mjs";
import { requireNode } from "./setup/node-version.mjs";

requireNode();
conclude([...(await runChecks()), await runUnitTests()]);
