/**
 * What can be checked in a minute and without a browser: the sources and the fast unit tests.
 *
 *     npm run check
 */
import { runChecks } from "./report/checks.mjs";
import { conclude } from "./report/counts.mjs";
import { runUnitTests } from "./report/runners.mjs";
import { requireNode } from "./setup/node-version.mjs";

requireNode();
conclude([...(await runChecks()), await runUnitTests(["fast"])]);
