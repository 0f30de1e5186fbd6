/** Networks that the experiments ask for, in the order of the tables; most stand in the zoo's manifest. */

/** Why a network is not in the zoo, where a processor will not do. */
const gpuOnly = "needs a graphics card: 164 layers, many hours on two cores, by estimate";

/** id → why it is missing, unless its training is only a matter of time. */
export const plannedNetworks: Readonly<Record<string, string | null>> = {
  "resnet18-w16-s0": null,
  "resnet18-w16-s1": null,
  "resnet18-w16-s2": null,
  "resnet18-w16-random": null,
  "resnet18-w16-half0": null,
  "resnet18-w16-half1": null,
  "resnet18-w4-s0": null,
  "resnet18-w8-s0": null,
  "resnet18-w8-s1": null,
  "resnet18-w32-s0": null,
  "resnet18-w32-s1": null,
  "resnet18-w16-n5k": null,
  "resnet18-w16-n10k": null,
  "resnet18-w16-n25k": null,
  "resnet18-w16-e25": null,
  "resnet18-w16-e50": null,
  "resnet18-w16-e100": null,
  "resnet18-w16-animals": null,
  "resnet18-w16-noise10": null,
  "resnet18-w16-noise50": null,
  "resnet18-w16-noise100": null,
  "resnet18-w16-simclr": null,
  "resnet18-w16-adv": null,
  "resnet56-w16-s0": null,
  "resnet56-w16-s1": null,
  "resnet56-w16-random": null,
  "resnet164-w16-s0": gpuOnly,
  "resnet164-w16-s1": gpuOnly,
  "myrtle-w16-s0": null,
  "myrtle-w16-s1": null,
  "myrtle-w16-random": null,
  "vit-d192-s0": null,
  "vit-d192-s1": null,
  "vit-d192-random": null,
  "resnet18-w64-s0": null,
  "resnet18-w64-s1": null,
};
