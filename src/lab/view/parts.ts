/** Parts of the page that a link may hide, by their names in `?hide=`. */
export const partNames = [
  "intro",
  "figures",
  "library",
  "tour",
  "method",
  "present",
  "claim",
  "settings",
  "networks",
  "protocol",
  "advanced",
  "backend",
  "run",
  "share",
  "predict",
  "export",
  "diagram",
  "similarity",
  "table",
  "errors",
  "storage",
  "keys",
] as const;

export type Part = (typeof partNames)[number];
