/**
 * What a stitch does to an image: B's channels at a site, what the stitch makes of them next to
 * A's own, and what the three networks answer. The stitch can be moved through the depth and
 * replaced by simpler ones.
 */
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import type { LabErrorData } from "../../core/errors";
import type { AffineMap } from "../../core/stitch/affine-map";
import { curvesOf, trainingOfCurve, type CurveSpec, type Spec } from "../../experiment/spec";
import { isClosedForm, kernelSide } from "../../experiment/family";
import type { Recorded } from "../../experiment/report";
import type { LabModel } from "../engine/models";
import { curveIn, recordedStitch } from "../engine/recorded-stitch";
import { useOnce } from "../ui/use-once";
import { titleOf } from "../session/experiment/model-names";
import { pairOf, type ModelPair } from "../session/experiment/pair";
import { curveResults, type Results } from "../session/results/results";
import { effectiveBackend, type Loaded } from "../session/state";
import { useLabState, usePassageSource } from "../view/services";
import { namingClasses } from "../session/experiment/data-choice";
import { targetWords } from "../format/target-words";
import { DepthSlider } from "./DepthSlider";
import { ImagePicker } from "./ImagePicker";
import { KindPicker } from "./KindPicker";
import { Passage } from "./Passage";
import { chartInWords, ownKind } from "./own-stitch";
import { placesOf } from "./places";
import { imageAsked, type ChosenImage, type OpenedImage } from "./see-image";
import { SlideKeys } from "./SlideKeys";
import { stitchKey, stitchOf, type StitchKind } from "./stitch-kinds";
import { usePassages } from "./use-passages";
import { usePlay } from "./use-play";
import "./see-stitch.css";

export interface SeeStitchProps {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  /** Index among the spec's curves. */
  readonly curve: number;
  /** The number of the site. */
  readonly site: number;
  readonly onSite: (site: number) => void;
  /** Where the curve was recorded, whose trained stitches serve where this browser has none. */
  readonly recorded: Recorded | null;
  /** What the chart has. */
  readonly results: Results;
  /** The image that it opens with; absent for a cat. */
  readonly image?: OpenedImage;
  /** Where it lies over the page. */
  readonly onClose?: () => void;
}

export default function SeeStitch(props: SeeStitchProps): ReactNode {
  const { spec, models, curve } = props;
  const own = useMemo(() => curvesOf(spec)[curve] ?? curvesOf(spec)[0], [spec, curve]);
  const pair = useMemo(() => pairOf(own, models), [own, models]);
  if (!pair) return <p className="notice notice-problems">One of the two networks is missing.</p>;
  return <Stitched {...props} own={own} pair={pair} />;
}

interface StitchedProps extends SeeStitchProps {
  readonly own: CurveSpec;
  readonly pair: ModelPair;
}

function Stitched(props: StitchedProps): ReactNode {
  const { spec, models, site: wanted, onSite, recorded, results, onClose, own, pair } = props;
  const { curve, image: opened } = props;
  const state = useLabState();
  // The one that is known first: another one would start everything again.
  const [backend] = useState(() => effectiveBackend(state) ?? "wasm");
  const source = usePassageSource();
  const images = useOnce(
    useCallback(() => source.passageImages(spec.data), [source, spec.data]),
    "the test images",
  );
  const places = useMemo(() => placesOf(pair, spec.layout), [pair, spec.layout]);
  const site = Math.min(wanted, places.length - 1);
  const [chosenImage, setImage] = useState<ChosenImage | null>(null);
  const labels = images.status === "ready" ? images.value.labels : null;
  const image = useMemo<ChosenImage | null>(() => {
    if (chosenImage || !labels) return chosenImage;
    if (opened) return imageAsked(opened, labels);
    return { type: "test", index: Math.max(0, labels.indexOf(firstLabel)) };
  }, [chosenImage, labels, opened]);
  // At first the curve's own.
  const [chosenKind, setKind] = useState<StitchKind>(ownKind(own) ?? "least-squares");
  const [rank, setRank] = useState(4);

  const passages = usePassages(own, backend);
  const { passages: worker, ask } = passages;
  const lookUp = useCallback(async (): Promise<AffineMap | null> => {
    const stored = await (worker?.trained(site) ?? never);
    if (stored || !recorded) return stored;
    const matrix = await recordedStitch(source, recorded, curveIn(recorded, own), site);
    // A larger kernel is no map of positions.
    return matrix?.side === 1 ? { weight: matrix.values, bias: matrix.bias } : null;
  }, [worker, site, recorded, source, own]);
  const found: Loaded<AffineMap | null> = useOnce(lookUp, "the trained stitch");
  const map = found.status === "ready" ? found.value : null;

  const lookedUp = found.status !== "loading";
  const mostRank = places[site]?.mostRank ?? 1;
  // Where a layer has no trained stitch, the visitor sees the closest thing to it.
  const kind = chosenKind === "trained" && lookedUp && !map ? "least-squares" : chosenKind;
  const stitch = useMemo(
    () => stitchOf(kind, Math.min(rank, mostRank), map),
    [kind, rank, mostRank, map],
  );
  useEffect(() => {
    if (image && stitch) ask({ site, image, stitch });
  }, [ask, site, image, stitch]);
  const { penalty, penalties } = passages;
  // While a stitch is looked up, the layer before it is still shown.
  const settled = stitch !== null && penalty !== null && penalty.scored === penalty.of;
  const play = usePlay(site, places.length, settled, onSite);
  const move = (next: number): void => {
    play.stop();
    onSite(next);
  };
  return (
    <div className="see-stitch">
      {onClose && (
        <SlideKeys
          onLayer={(by) => move(Math.min(places.length - 1, Math.max(0, site + by)))}
          onStep={onClose}
        />
      )}
      <div className="see-controls">
        <KindPicker
          kind={kind}
          onKind={setKind}
          rank={rank}
          onRank={setRank}
          mostRank={mostRank}
          untrained={map ? null : whyUntrained(own, found)}
        />
        <DepthSlider
          bottom={titleOf(own.bottom, models)}
          top={titleOf(own.top, models)}
          places={places}
          site={site}
          onSite={move}
          words={targetWords(own)}
          penalties={(stitch && penalties[stitchKey(stitch)]) ?? {}}
          playing={play.playing}
          onPlay={play.playing ? play.stop : play.start}
        />
      </div>
      {images.status === "failed" && <Problem what="the test images" error={images.error} />}
      {passages.error && <Problem what="the picture" error={passages.error} />}
      {images.status === "ready" && image && (
        <Passage
          view={passages}
          places={places}
          site={site}
          images={images.value}
          image={image}
          naming={namingClasses(images.value.classes, pair.top)}
          words={targetWords(own)}
          chart={chartInWords(
            own,
            curveResults(results, curve).sites.get(site)?.result,
            kind,
            penalty?.of ?? 0,
          )}
          picker={
            <ImagePicker
              images={images.value}
              opened={opened ?? null}
              chosen={image}
              onChoose={setImage}
            />
          }
        />
      )}
    </div>
  );
}

interface ProblemProps {
  readonly what: string;
  readonly error: LabErrorData;
}

function Problem({ what, error: { input, expected, found } }: ProblemProps): ReactNode {
  return (
    <p className="notice notice-problems" role="alert">
      Could not load {what}. {input}: expected {expected}; found {found}.
    </p>
  );
}

/** A cat, which a broken stitch confuses with almost everything. */
const firstLabel = 3;

/** Nothing can be looked up before the worker is there. */
const never = new Promise<null>(() => undefined);

function whyUntrained(curve: CurveSpec, found: Loaded<AffineMap | null>): string {
  const { family } = curve;
  if (found.status === "loading") return "loading…";
  if (isClosedForm(family)) return "not available; this curve’s stitches have a closed form.";
  if (family === "fresh-top") return "not available; this curve has no stitches.";
  if (kernelSide(family) !== undefined) {
    return "not shown here; this curve’s kernels also mix neighbouring positions, and ribbons join channels only.";
  }
  if (curve.objective === "match") return "not available; this curve’s stitches are least squares.";
  if (trainingOfCurve(curve) === "none") return "choose a protocol that trains, in Settings.";
  return "run the experiment to train it.";
}
