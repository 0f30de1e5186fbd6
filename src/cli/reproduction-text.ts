/** docs/reproduction.md from recorded reports. */
import type { Preset } from "../experiment/presets/preset";
import type { Recorded } from "../experiment/recorded";

const head = `# The paper's claims, and what we find

Bansal, Nakkiran & Barak 2021, "Revisiting Model Stitching to Compare Neural Representations", at the lab's scale: small
networks on CIFAR-10, stitches trained on 10,000 images for 4 epochs of the paper's protocol, errors on all 10,000
test images. Penalties are percentage points of test error, ± one standard error of the paired difference over the
test images; seeds of networks and stitches vary more. The paper's numbers are single runs, read off its plots. A
claim holds when twice the standard error does not speak against it.

Made by \`npm run reproduction\` from the reports in public/recorded; do not edit by hand.
`;

export function reproductionText(
  presets: Readonly<Record<string, Preset>>,
  recorded: ReadonlyMap<string, Recorded>,
): string {
  const rows = Object.entries(presets).flatMap(([name, { title, figure, claims }]) => {
    const found = recorded.get(name);
    return claims.map(({ statement, paper, verdict }) => {
      const { ours, holds } = found
        ? verdict(found.report)
        : { ours: "not recorded yet", holds: null };
      const held = holds === null ? "" : holds ? "yes" : "**no**";
      return `| ${title} | ${figure ?? ""} | ${statement} | ${paper} | ${ours} | ${held} |`;
    });
  });
  const sources = [...recorded].map(
    ([name, { command, date, seconds, report }]) =>
      `- ${name}: \`${command}\`, ${date}, ${report.backend}, ${String(Math.round(seconds / 60))} min`,
  );
  return [
    head,
    "| preset | figure | claim | paper | ours | holds |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
    "## Where the numbers come from",
    "",
    ...sources,
    "",
  ].join("\n");
}
