/** What of the page an address may hide, for a lesson: one line a part. */

/** By the name that stands in `?hide=`; in words, for whoever chooses. */
export const parts = {
  intro: "Introduction",
  figures: "Figure gallery and arrows",
  library: "Library",
  tour: "Tour",
  method: "How it works",
  present: "Present button",
  claim: "Claim of the open figure",
  settings: "All settings: networks, protocol, advanced, backend",
  networks: "Network choice",
  protocol: "Protocol choice",
  advanced: "Advanced settings",
  backend: "Backend choice",
  run: "Run and progress",
  share: "Share",
  predict: "Predict button",
  export: "Download and Export",
  diagram: "Network drawing",
  similarity: "Similarity chart",
  table: "Table",
  errors: "Errors of the two networks alone",
  storage: "Storage",
  keys: "Single-letter shortcuts (buttons still work)",
} as const satisfies Record<string, string>;

export type Part = keyof typeof parts;
export const partNames = Object.keys(parts) as Part[];
