/** What to cite, in BibTeX: the paper whose method it is, and the experiment by its address. */
import type { Report } from "../../../experiment/report";

const paper = `@inproceedings{bansal2021revisiting,
  title     = {Revisiting Model Stitching to Compare Neural Representations},
  author    = {Bansal, Yamini and Nakkiran, Preetum and Barak, Boaz},
  booktitle = {Advances in Neural Information Processing Systems},
  volume    = {34},
  year      = {2021}
}`;

/**
 * @param address of the experiment, whole
 * @param name what a network is called
 * @param when the day it is cited
 */
export function bibtexOf(
  { spec, backend }: Report,
  address: string,
  name: (id: string) => string,
  when: Date,
): string {
  const day = when.toISOString().slice(0, 10);
  const [first] = spec.curves;
  const [bottom, top] = [first.bottom, first.top].map((id) => escaped(name(id)));
  const others = spec.curves.length - 1;
  const curves = others === 0 ? "" : `, with ${others} further curve${others > 1 ? "s" : ""}`;
  return `${paper}

@misc{stitchlab${when.getUTCFullYear()}experiment,
  title        = {Stitching penalty of {${String(bottom)}} into {${String(top)}}},
  author       = {{Stitch Lab contributors}},
  howpublished = {\\url{${inUrl(address)}}},
  note         = {Stitch Lab experiment, protocol ${spec.protocol}, seed ${first.seed}${curves}, computed with ${backend}. Accessed ${day}},
  year         = {${when.getUTCFullYear()}}
}
`;
}

/** TeX's own characters as text. */
function escaped(text: string): string {
  return text.replace(/[\\{}^~]/g, " ").replace(/[#$%&_]/g, (character) => `\\${character}`);
}

/** A brace or a backslash would end \url's argument, or be no part of it. */
function inUrl(address: string): string {
  return address.replace(/[\\{}]/g, encodeURIComponent);
}
