import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { readOptions } from "../../../../../src/cli/options";
import { readAddress } from "../../../../../src/experiment/address/address";
import { withFirstCurve, withOtherCurves } from "../../../../../src/experiment/spec";
import { commandLineOf } from "../../../../../src/lab/share/export/RepeatNote";
import type { LabModel } from "../../../../../src/lab/engine/models";
import { recordedReport } from "../../recorded-report";

const report = recordedReport("random");

/** What a shell hands to the program after `--`. */
function wordsOf(command: string): string[] {
  const text = command.replace("npm run -s stitch --", `printf '%s\\0'`);
  const output = execFileSync("sh", ["-c", text], { encoding: "utf8" });
  return output.split("\0").slice(0, -1);
}

test("a shell and the command line read back the same experiment, with every curve", () => {
  const options = readOptions(wordsOf(commandLineOf(report, [])));
  const { curves } = report.spec;
  expect(curves.length).toBeGreaterThan(1);
  const models = curves
    .flatMap(({ top, bottom }) => [top, bottom])
    .map((id) => ({ id, architecture: { family: "myrtle", width: 16 } as const }));
  const { spec, problems } = readAddress(options.link ?? "", models);
  expect(problems).toEqual([]);
  expect(spec).toEqual(report.spec);
});

test("a backend that Node has is requested; otherwise the command line chooses", () => {
  expect(readOptions(wordsOf(commandLineOf({ ...report, backend: "webgpu" }, []))).backend).toBe(
    "webgpu",
  );
  expect(commandLineOf({ ...report, backend: "webgl" }, [])).not.toContain("--backend");
});

test("a visitor's file is named, even with a quote in its name", () => {
  const sha256 = "a".repeat(64);
  const own: LabModel = {
    id: `sha256:${sha256}`,
    own: true,
    sha256,
    stored: true,
    sizeBytes: 1,
    name: "Ada's $HOME.safetensors",
    architecture: { family: "myrtle", width: 4 },
  };
  const spec = withOtherCurves(withFirstCurve(report.spec, { bottom: own.id }), []);
  const options = readOptions(wordsOf(commandLineOf({ ...report, spec }, [own])));
  expect(options.bottom).toBe("Ada's $HOME.safetensors");
  expect(options.link).toContain(own.id);
});
