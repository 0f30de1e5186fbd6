/**
 * The layer after which the networks are stitched: B's layers before it, A's after it, and the
 * penalties that are known of the chosen stitch above them.
 */
import { useId, type ReactNode } from "react";
import type { TargetWords } from "../format/target-words";
import { GlossaryTerm } from "../learn/GlossaryTerm";
import { placeInWords, placeLabels, type Place } from "./places";

interface Props {
  /** What the two networks are called. */
  readonly bottom: string;
  readonly top: string;
  /** In the order of the sites. */
  readonly places: readonly Place[];
  readonly site: number;
  readonly onSite: (site: number) => void;
  /** What they are a share of. */
  readonly words: TargetWords;
  /** Fractions by site, as far as they are known. */
  readonly penalties: Readonly<Record<number, number>>;
  readonly playing: boolean;
  readonly onPlay: () => void;
}

/** More names than these would lie on one another. */
const mostNames = 12;

export function DepthSlider(props: Props): ReactNode {
  const { bottom, top, places, site, onSite, penalties, words, playing, onPlay } = props;
  const id = useId();
  const names = placeLabels(places);
  const here = places[site];
  const last = Math.max(1, names.length - 1);
  const position = (k: number): string => `${(100 * k) / last}%`;
  // A single one has nothing to be compared with.
  const compared = Object.keys(penalties).length > 1;
  const named = (k: number): boolean => names.length <= mostNames || isKey(k, site, last);
  return (
    <div className="depth">
      <button type="button" className="quiet play" onClick={onPlay}>
        <span aria-hidden="true">{playing ? "❚❚" : "▶"}</span> {playing ? "Stop" : "Play"}
      </button>
      <div className="depth-scale">
        <label htmlFor={id} className="visually-hidden">
          Stitched
        </label>
        <p className="depth-networks">
          <span className="of-bottom">B: {bottom}</span>
          {/* Keeps its place while there are no penalties. */}
          <span style={{ visibility: compared ? "visible" : "hidden" }}>
            <GlossaryTerm term="penalty">{words.name.toLowerCase()}</GlossaryTerm> by layer
          </span>
          <span className="of-top">A: {top}</span>
        </p>
        <div className="depth-penalties" aria-hidden="true">
          {places.map((_, k) => {
            const penalty = penalties[k];
            return (
              compared &&
              penalty !== undefined && (
                <span
                  key={k}
                  className={k === site ? "depth-penalty is-here" : "depth-penalty"}
                  style={{ left: position(k), height: `${heightOf(penalty)}%` }}
                />
              )
            );
          })}
        </div>
        <input
          id={id}
          type="range"
          min={0}
          max={names.length - 1}
          value={site}
          aria-valuetext={here && placeInWords(here)}
          style={{ ["--share" as string]: site / last }}
          onChange={({ currentTarget }) => onSite(Number(currentTarget.value))}
        />
        <div className="depth-names" aria-hidden="true">
          {names.map(
            (name, k) =>
              named(k) && (
                <span key={k} className={nameClass(k, site, last)} style={{ left: position(k) }}>
                  {name}
                </span>
              ),
          )}
        </div>
      </div>
    </div>
  );
}

/** Whether a name is written even where there is little room. */
function isKey(k: number, site: number, last: number): boolean {
  if (k === site) return true;
  // An end's name makes way for its neighbour's.
  return (k === 0 || k === last) && Math.abs(k - site) > Math.max(1, last / 8);
}

function nameClass(k: number, site: number, last: number): string | undefined {
  const key = isKey(k, site, last) ? "is-key" : undefined;
  return k === site ? "is-key is-here" : key;
}

/** Up to 90 points, which is about chance for ten classes. */
function heightOf(penalty: number): number {
  return Math.max(3, Math.min(100, (100 * penalty) / 0.9));
}
