/** Which Node our tools run on; `engines` in package.json says the same. */

/** The first minor version that will do, for each even major one that is still too young. */
const firstMinor = new Map([
  [20, 19],
  [22, 13],
]);
const firstMajorForAll = 24;

/**
 * Ends the program with one clear line when this Node is too old. Called before anything else, so
 * this file, and whatever is loaded with it, keeps to syntax that old versions can read.
 */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const least = firstMinor.get(major);
  if (major >= firstMajorForAll || (least !== undefined && minor >= least)) return;
  console.error(
    `Stitch Lab needs Node 20.19, 22.13, or 24 and later; this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}
