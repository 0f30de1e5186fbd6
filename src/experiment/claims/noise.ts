import type { Claim } from "./claim";
import { curveOf, largest, penaltyText, isWithin } from "./penalties";
import { leastAlike } from "./similarities";

export const noise: readonly Claim[] = [
  {
    statement: "The stitch does not mind 128 channels of noise.",
    paper: "not measured; said of any measure that stitching is",
    verdict(report) {
      const plain = curveOf(report);
      const noisy = curveOf(report, 2);
      const costs = noisy.sites.map((site) => {
        const before = plain.sites.find((other) => other.site === site.site)?.penalty ?? NaN;
        return { ...site, penalty: site.penalty - before };
      });
      const most = largest({ ...noisy, sites: costs });
      return { ours: `costs ${penaltyText(most)} at most`, holds: isWithin(most, 2) };
    },
  },
  {
    statement: "CKA does.",
    paper: "can be made as low as one likes",
    verdict(report) {
      const [plain, noisy] = [leastAlike(curveOf(report)), leastAlike(curveOf(report, 2))];
      return {
        ours: `down to ${noisy.text}, from ${plain.text}`,
        holds: noisy.value < plain.value / 2,
      };
    },
  },
];
