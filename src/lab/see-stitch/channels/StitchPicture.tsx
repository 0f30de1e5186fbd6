/**
 * B's channels, the stitch's weights as ribbons, and for each channel of A what the stitch makes of
 * it, what A itself has, and their difference.
 */
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import type { Seen } from "../../../engine/passage";
import { planeOf, relativeDistance, type ShownChannels } from "./channels";
import { GlossaryTerm } from "../../learn/GlossaryTerm";
import { share } from "../answers";
import { MapImage } from "./MapImage";
import { Ribbons } from "./Ribbons";
import { weightsInWords, type Highlight } from "./weights-in-words";

interface Props {
  readonly seen: Seen;
  readonly shown: ShownChannels;
  readonly place: string;
}

export function StitchPicture({ seen, shown, place }: Props): ReactNode {
  const [pointed, setPointed] = useState<Highlight | null>(null);
  const [focused, setFocused] = useState<Highlight | null>(null);
  const { stitched, own } = seen;
  const distance = relativeDistance(stitched.values, own.values);
  const highlight = pointed ?? focused;
  const list = { seen, shown, highlight, onPoint: setPointed, onFocus: setFocused };
  return (
    <figure className="stitch-picture" aria-label={`What the stitch does ${place}`}>
      <div className="picture-heads is-source">
        <span className="of-bottom">B’s own</span>
      </div>
      <div className="picture-heads of-stitch">
        <GlossaryTerm term="stitch">stitch</GlossaryTerm>
      </div>
      <div className="picture-heads is-target">
        <span className="of-stitch">stitched</span>
        <span className="of-top">A’s own</span>
        <span>difference</span>
      </div>
      <Sources {...list} />
      <div className="picture-ribbons">
        <Ribbons shown={shown} highlight={highlight} />
      </div>
      <Targets {...list} />
      <p className="picture-foot">{distance !== null && `off by ${share(distance)}`}</p>
    </figure>
  );
}

interface ListProps {
  readonly seen: Seen;
  readonly shown: ShownChannels;
  readonly highlight: Highlight | null;
  readonly onPoint: (highlight: Highlight | null) => void;
  readonly onFocus: (highlight: Highlight | null) => void;
}

function Sources({ seen, shown, ...rest }: ListProps): ReactNode {
  const { height, width } = seen.bottom;
  const { sources, bottomScale } = shown;
  return (
    <ChannelList
      {...{ seen, shown, ...rest }}
      side="source"
      label="B’s channels"
      names={sources.map((i) => `B’s channel ${i}`)}
    >
      {sources.map((i) => (
        <MapImage
          key={i}
          values={planeOf(seen.bottom, i)}
          scale={bottomScale}
          {...{ height, width }}
        />
      ))}
    </ChannelList>
  );
}

function Targets({ seen, shown, ...rest }: ListProps): ReactNode {
  const { stitched, own } = seen;
  const { height, width } = own;
  const { targets, topScale: scale } = shown;
  return (
    <ChannelList
      {...{ seen, shown, ...rest }}
      side="target"
      label="A’s channels, as the stitch makes them and as A has them"
      names={targets.map((j) => `A’s channel ${j}`)}
    >
      {targets.map((j) => {
        const [made, wanted] = [planeOf(stitched, j), planeOf(own, j)];
        const difference = made.map((value, k) => value - (wanted[k] ?? NaN));
        return [made, wanted, difference].map((values, k) => (
          <MapImage key={k} {...{ values, height, width, scale }} />
        ));
      })}
    </ChannelList>
  );
}

interface ChannelListProps extends ListProps {
  readonly side: Highlight["side"];
  readonly label: string;
  readonly names: readonly string[];
  readonly children: readonly ReactNode[];
}

/** One column of channels: a single stop of the Tab key, with arrow keys within. */
function ChannelList(props: ChannelListProps): ReactNode {
  const { shown, side, label, names, highlight, onPoint, onFocus, children } = props;
  const list = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const indices = side === "source" ? shown.sources : shown.targets;
  const current = Math.min(stop, indices.length - 1);
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(indices.length - 1, current + by));
    setStop(next);
    list.current?.querySelectorAll<HTMLElement>("[data-channel]")[next]?.focus();
  };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={label}
      className={`channels is-${side}`}
      onKeyDown={move}
      onPointerLeave={() => onPoint(null)}
    >
      {indices.map((channel, at) => (
        <div
          key={channel}
          data-channel={channel}
          role="option"
          aria-selected={highlight?.side === side && highlight.at === at}
          aria-label={`${names[at] ?? ""}: ${weightsInWords(shown, side, at)}`}
          className={isLinked(shown, side, at, highlight) ? "channel is-linked" : "channel"}
          tabIndex={at === current ? 0 : -1}
          onPointerEnter={() => onPoint({ side, at })}
          onFocus={() => {
            setStop(at);
            onFocus({ side, at });
          }}
          onBlur={() => onFocus(null)}
        >
          <span className="channel-number" aria-hidden="true">
            {channel}
          </span>
          {children[at]}
        </div>
      ))}
    </div>
  );
}

function isLinked(
  { ribbons }: ShownChannels,
  side: Highlight["side"],
  at: number,
  highlight: Highlight | null,
): boolean {
  if (!highlight) return false;
  if (highlight.side === side) return highlight.at === at;
  return ribbons.some((ribbon) => ribbon[side] === at && ribbon[highlight.side] === highlight.at);
}
