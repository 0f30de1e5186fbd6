/** A network's blocks on the layer axis: one by one, or a deep network's stage by stage. */
import type { ReactNode } from "react";
import type { Tap } from "../../core/nets/taps";
import { stagesOf, stageText, type Block, type Stage } from "./drawing-geometry";

interface RowProps {
  readonly blocks: readonly Block[];
  readonly middle: number;
  readonly lit: (block: Block) => boolean;
  /** The tap whose representation the stitch replaces. */
  readonly replaced?: number;
}

export function BlockRow(props: RowProps): ReactNode {
  const { blocks, middle: y, lit, replaced } = props;
  const stages = stagesOf(blocks);
  if (stages) return <Stages {...props} stages={stages} />;
  return blocks.map((block) => {
    const { tap, x, width, height } = block;
    const state = tap === replaced ? " replaced" : lit(block) ? " lit" : "";
    return (
      <rect
        key={tap}
        className={`block${state}`}
        x={`${x - width / 2}%`}
        y={y - height / 2}
        width={`${width}%`}
        height={height}
        rx={width > 1.5 ? 3 : 0}
      />
    );
  });
}

/** In CSS pixels: also where a deep network's layer has less, one sees which one the stitch replaces. */
const replacedWidth = 10;

/** A deep network: its stages, each in a lit and a dimmed part, and the layer that is replaced. */
function Stages({
  blocks,
  stages,
  middle: y,
  lit,
  replaced,
}: RowProps & { readonly stages: readonly Stage[] }): ReactNode {
  const gone = blocks.find(({ tap }) => tap === replaced);
  return (
    <>
      {stages.flatMap((stage) =>
        [true, false].map((state) => {
          const part = stage.blocks.filter((block) => lit(block) === state);
          const [first, last] = [part[0], part.at(-1)];
          if (!first || !last) return null;
          const left = first.x - first.width / 2;
          return (
            <rect
              key={`${first.tap} ${state ? "lit" : "dimmed"}`}
              className={state ? "block lit" : "block"}
              x={`${left}%`}
              y={y - stage.height / 2}
              width={`${last.x + last.width / 2 - left}%`}
              height={stage.height}
            />
          );
        }),
      )}
      {gone && (
        <svg x={`${gone.x}%`} overflow="visible">
          <rect
            className="block replaced"
            x={-replacedWidth / 2}
            y={y - gone.height / 2}
            width={replacedWidth}
            height={gone.height}
          />
        </svg>
      )}
    </>
  );
}

interface ShapesProps {
  readonly taps: readonly Tap[];
  readonly blocks: readonly Block[];
  /** The tap in view, whose shape is in the sentence above. */
  readonly tap: number;
  /** Middle of the words, in CSS pixels. */
  readonly middle: number;
}

/** What the maps of a deep network's stages measure; nothing where each block has room of its own. */
export function StageShapes({ taps, blocks, tap, middle: top }: ShapesProps): ReactNode {
  return stagesOf(blocks)
    ?.filter((stage) => stage.blocks.every((block) => block.tap !== tap))
    .map(({ left, right, blocks: members }) => (
      <span
        key={left}
        className="stage-shape"
        style={{ left: `${left}%`, width: `${right - left}%`, top }}
        aria-hidden="true"
      >
        {stageText(members.flatMap((block) => taps[block.tap] ?? []))}
      </span>
    ));
}
