/** What a network's classes are called. */
import { classCounts, type ClassCount } from "../../core/data/labels";

/** @param cifar CIFAR-10's names, by class index */
export function answerNames(classes: ClassCount, cifar: readonly string[]): readonly string[] {
  return classes === classCounts[0] ? ["object", "animal"] : cifar;
}
