/**
 * Addresses that cannot be read, what is said of each, and the protocol that is used all the same.
 */
export interface BrokenAddress {
  readonly hash: string;
  readonly said: readonly string[];
  readonly protocol: string;
}

/** @param networks how many the zoo has */
export function brokenAddresses(networks: number): readonly BrokenAddress[] {
  const ids = `${networks} names, such as vit-d192-random, vit-d192-s0, vit-d192-s1`;
  const known =
    "v, bottom, top, data, target, protocol, layout, sites, train, test, similarity, permutations, probes, departure, epochs, seed, family, perturbation, objective, also, backend, digest, figure";
  return [
    {
      hash: "#v=4&protocol=glance",
      said: ["v: found 4, expected 1, 2 or 3; read the rest as version 3."],
      protocol: "glance",
    },
    {
      hash: "#v=3&bottom=vgg16&top=resnet18-w16-s0&protocol=paper",
      said: [`bottom: found vgg16, expected one of ${ids}; used resnet18-w16-s1.`],
      protocol: "paper",
    },
    {
      hash: "#v=3&protocol=paper&train=12&epochs=-1",
      said: [
        "train: found 12, expected a whole number from 128 to 50,000; used 10,000.",
        "epochs: found -1, expected a whole number from 1 to 1,000; used 10.",
      ],
      protocol: "paper",
    },
    {
      // As version 1 wrote it.
      hash: "#v=1&protocol=glance&taps=8,3,99",
      said: [
        "sites: found 8,3,99, expected site numbers from 0 to 8 in ascending order, each once, such as 0,8; used 3,8.",
      ],
      protocol: "glance",
    },
    {
      hash: "#v=3&protocol=glance&sites=8,3,99",
      said: [
        "sites: found 8,3,99, expected site numbers from 0 to 8 in ascending order, each once, such as 0,8; used 3,8.",
      ],
      protocol: "glance",
    },
    {
      hash: "#seed=%E0%A4%A&seed=4&nonsense&protocol=glance",
      said: [
        "seed: found %E0%A4%A, then 4, expected one value; used the first.",
        "seed: found %E0%A4%A, expected a whole number from 0 to 2,147,483,647; used 0.",
        `nonsense: found nothing, expected only the parameters ${known}; ignored it.`,
      ],
      protocol: "glance",
    },
  ];
}
