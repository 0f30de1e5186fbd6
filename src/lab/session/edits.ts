/** What a visitor may change in an experiment, each as a function from one spec to the next. */
import { tapsOf } from "../../core/nets/architecture";
import type { Role } from "../../experiment/events";
import type { ProtocolName } from "../../experiment/protocol";
import { defaultPair } from "../../experiment/default-pair";
import { defaultSpec, type Spec } from "../../experiment/spec";
import type { LabModel } from "./models";

/** Another network in one role. Taps that the new pair does not have are left out. */
export function withModel(spec: Spec, role: Role, id: string, models: readonly LabModel[]): Spec {
  const changed = { ...spec, [role]: id };
  return spec.taps === "all" ? changed : withTaps(changed, spec.taps, tapCountOf(changed, models));
}

/** Without a network that is going: one that fits the other takes its place. */
export function withoutModel(spec: Spec, id: string, models: readonly LabModel[]): Spec {
  const others = models.filter((model) => model.id !== id);
  const known = {
    ...(spec.bottom !== id && { bottom: spec.bottom }),
    ...(spec.top !== id && { top: spec.top }),
  };
  const { bottom, top } = defaultPair(others, known);
  return withModel({ ...spec, bottom }, "top", top, others);
}

/** The bottom becomes the top and the top the bottom. */
export function swapped(spec: Spec): Spec {
  return { ...spec, top: spec.bottom, bottom: spec.top };
}

/** Another protocol, with its own numbers of images and epochs; networks, taps and seed stay. */
export function withProtocol(spec: Spec, protocol: ProtocolName): Spec {
  const { top, bottom, taps, seed } = spec;
  return { ...defaultSpec(top, bottom, protocol), taps, seed };
}

/** Other taps; every tap, or none, is "all". */
export function withTaps(spec: Spec, taps: readonly number[], tapCount: number): Spec {
  const kept = [...new Set(taps)].filter((tap) => tap < tapCount).sort((a, b) => a - b);
  return { ...spec, taps: kept.length === 0 || kept.length === tapCount ? "all" : kept };
}

/** Taps that both networks have. */
export function tapCountOf(spec: Spec, models: readonly LabModel[]): number {
  const counts = models
    .filter(({ id }) => id === spec.top || id === spec.bottom)
    .map(({ architecture }) => tapsOf(architecture).length);
  return counts.length === 0 ? 0 : Math.min(...counts);
}
