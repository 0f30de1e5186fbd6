/** The image that enters B: one of a dozen test images, or a picture of the visitor's own. */
import { useId, useState, type DragEvent, type ReactNode } from "react";
import { errorData } from "../../core/errors";
import type { ClassIndices } from "../../core/data/form";
import type { ImageSet } from "../../core/data/image-set";
import { Photo } from "../ui/Photo";
import { pixelsOfFile } from "./own-image";
import { imageAsked, type ChosenImage, type OpenedImage } from "./see-image";

interface Props {
  readonly images: ImageSet;
  /** One that is offered next to the dozen; null where there is none. */
  readonly opened: OpenedImage | null;
  readonly chosen: ChosenImage;
  readonly onChoose: (image: ChosenImage) => void;
}

export function ImagePicker({ images, opened, chosen, onChoose }: Props): ReactNode {
  const name = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const [own, setOwn] = useState<Uint8Array | null>(null);
  const take = (file: File | undefined): void => {
    if (!file) return;
    pixelsOfFile(file, images).then(
      (pixels) => {
        setProblem(null);
        setOwn(pixels);
        onChoose({ type: "own", pixels });
      },
      (thrown: unknown) => {
        const { input, expected, found } = errorData(thrown, file.name);
        setProblem(`${input}: expected ${expected}; found ${found}.`);
      },
    );
  };
  const classOf = (label: number | undefined): string => images.classes.names[label ?? 0] ?? "";
  const testImage = (index: number, image: ChosenImage, pixels: Uint8Array, label?: number) => ({
    ...{ image, pixels },
    alt: `${classOf(label)}, test image ${index + 1}`,
  });
  const dozen = dozenOf(images.labels);
  const choices = [
    ...(opened && !dozen.includes(opened.index)
      ? [testImage(opened.index, imageAsked(opened, images.labels), opened.pixels, opened.label)]
      : []),
    ...dozen.map((index) =>
      testImage(index, { type: "test", index }, pixelsOf(images, index), images.labels[index]),
    ),
    ...(own
      ? [{ image: { type: "own", pixels: own } as const, pixels: own, alt: "your image" }]
      : []),
  ];
  const drop = {
    onDragOver(event: DragEvent) {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.files[0]);
    },
  };
  return (
    <fieldset className={over ? "image-picker is-over" : "image-picker"} {...drop}>
      <legend className="visually-hidden">Image</legend>
      <div className="image-choices">
        {choices.map(({ image, pixels, alt }) => (
          <label key={alt} className="image-choice">
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              checked={isSame(chosen, image)}
              onChange={() => onChoose(image)}
            />
            <Photo {...sizeOf(images)} {...{ pixels, alt }} />
          </label>
        ))}
      </div>
      <label className="own-image">
        <input
          type="file"
          accept="image/*"
          className="visually-hidden"
          onChange={({ currentTarget }) => {
            take(currentTarget.files?.[0]);
            // The same file may be chosen again.
            currentTarget.value = "";
          }}
        />
        Your own image…
      </label>
      {problem !== null && (
        <p className="hint" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

/** One test image [h, w, c]; shares the memory. */
export function pixelsOf({ pixels, height, width, channels }: ImageSet, index: number): Uint8Array {
  const size = channels * height * width;
  return pixels.subarray(index * size, (index + 1) * size);
}

/** The first image of each class, by class, and the first ones of those that are left. */
function dozenOf(labels: ClassIndices): readonly number[] {
  const byClass = [...new Set(labels)].sort((a, b) => a - b).map((label) => labels.indexOf(label));
  const others = [...labels.keys()].filter((index) => !byClass.includes(index));
  return [...byClass, ...others].slice(0, 12);
}

function isSame(a: ChosenImage, b: ChosenImage): boolean {
  if (a.type === "own") return b.type === "own" && a.pixels === b.pixels;
  return b.type === "test" && a.index === b.index;
}

function sizeOf({ height, width }: ImageSet): { height: number; width: number } {
  return { height, width };
}
