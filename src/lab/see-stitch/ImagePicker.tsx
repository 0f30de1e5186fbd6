/** The image that enters B: one of a dozen test images, or a picture of the visitor's own. */
import { useId, useState, type DragEvent, type ReactNode } from "react";
import { errorData } from "../../core/errors";
import type { ClassIndices } from "../../core/data/form";
import type { ImageSet } from "../../core/data/image-set";
import { Photo } from "../ui/Photo";
import { pixelsOfFile } from "./own-image";

/** What is chosen. */
export type ChosenImage =
  | { readonly type: "test"; readonly index: number }
  | { readonly type: "own"; readonly pixels: Uint8Array };

interface Props {
  readonly images: ImageSet;
  readonly chosen: ChosenImage;
  readonly onChoose: (image: ChosenImage) => void;
}

export function ImagePicker({ images, chosen, onChoose }: Props): ReactNode {
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
        {dozenOf(images.labels).map((index) => (
          <label key={index} className="image-choice">
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              checked={chosen.type === "test" && chosen.index === index}
              onChange={() => onChoose({ type: "test", index })}
            />
            <Photo
              {...sizeOf(images)}
              pixels={pixelsOf(images, index)}
              alt={`${images.classes.names[images.labels[index] ?? 0] ?? ""}, test image ${index + 1}`}
            />
          </label>
        ))}
        {own && (
          <label className="image-choice">
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              checked={chosen.type === "own"}
              onChange={() => onChoose({ type: "own", pixels: own })}
            />
            <Photo {...sizeOf(images)} pixels={own} alt="your image" />
          </label>
        )}
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

function sizeOf({ height, width }: ImageSet): { height: number; width: number } {
  return { height, width };
}
