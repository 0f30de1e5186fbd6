/** What of the page an address may hide, for a lesson: one line a part. */

/** By the name that stands in `?hide=`; in words, for whoever chooses. */
export const parts = {
  intro: "The sentence on what the lab is",
  figures: "The gallery of figures, and the arrows from one to the next",
  library: "The library of finished experiments",
  tour: "The tour",
  method: "How it works",
  present: "The button to the presentation",
  claim: "What the open figure says",
  settings: "All settings: networks, protocol, advanced and backend",
  networks: "The choice of networks",
  protocol: "The choice of protocol",
  advanced: "The advanced settings",
  backend: "The choice of backend",
  run: "Run, and how far it is",
  share: "Share",
  predict: "The button “Predict first”",
  export: "Download and Export",
  diagram: "The drawing of the two networks",
  similarity: "The chart of similarity",
  table: "The table",
  errors: "The errors of the two networks alone",
  storage: "What is kept in this browser",
  keys: "Keys of one letter (the buttons still work)",
} as const satisfies Record<string, string>;

export type Part = keyof typeof parts;
export const partNames = Object.keys(parts) as Part[];
