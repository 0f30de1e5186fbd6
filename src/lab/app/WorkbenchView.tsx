/** The open page: the experiment and its run on one side, what is found on the other. */
import { memo, useId, useMemo, useState, type ReactNode } from "react";
import type { BackendChoice } from "../../engine/probe-result";
import type { BackendName } from "../../experiment/report";
import { writeAddress } from "../../experiment/address/address";
import type { Spec } from "../../experiment/spec";
import type { ModelImport } from "../session/own-files/model-import";
import { absentFiles, absentHeads, absentTrainings, type LabModel } from "../engine/models";
import {
  absentDataSet,
  dataChoiceOf,
  misfitOf,
  type DataMisfit,
} from "../session/experiment/data-choice";
import { DataPicker } from "../images/DataPicker";
import { pairOf, type ModelPair } from "../session/experiment/pair";
import type { Prediction } from "../predict/prediction";
import { presetOf } from "../session/experiment/preset";
import { isEmpty } from "../session/results/results";
import { useShown } from "../results/recorded";
import { underWay, type Loaded, type Workbench } from "../session/state";
import { AdvancedSettings } from "../setup/AdvancedSettings";
import { BackendPicker } from "../run/BackendPicker";
import { ErrorAlert } from "../ui/ErrorAlert";
import { lazyPart } from "../ui/lazy-part";
import { FigureHead } from "../figures/FigureHead";
import { FigureLeft, useFigureLeft } from "../figures/FigureLeft";
import { useNoteRecent } from "../choice/use-note-recent";
import { ModelImportNotice } from "../user-models/ModelImportNotice";
import { ExperimentLine } from "../setup/ExperimentLine";
import { SettingsButton } from "../setup/SettingsButton";
import { useSettingFocus } from "../setup/setting-focus";
import { useSettingsOpen } from "../setup/settings-open";
import { NetworkPickers } from "../setup/NetworkPickers";
import { ProblemsNotice } from "./ProblemsNotice";
import { Trainings } from "../train/Trainings";
import { ProtocolPicker } from "../setup/ProtocolPicker";
import { ResultsPanel } from "../results/ResultsPanel";
import { RunPanel } from "../run/RunPanel";
import { offersPairAlone } from "../run/run-status";
import { useMeasuredPace, useRunTime } from "../run-time/use-run-time";
import {
  IfVisible,
  usePartVisible,
  useLabState,
  useOpening,
  useSession,
  useViewState,
  useViewStore,
} from "../view/services";
import { stepAmong, stepsFor } from "../view/slide-steps";

const AbsentFiles = lazyPart("the missing files", () => import("../user-models/AbsentFiles"));
const AbsentHeads = lazyPart("the missing heads", () => import("../user-models/AbsentHeads"));
const AbsentImages = lazyPart("the missing images", () => import("../images/AbsentImages"));
const AbsentTrainings = lazyPart("the networks to train", () => import("../train/AbsentTrainings"));
const ImageDialog = lazyPart("the import of images", () => import("../images/ImageDialog"));
const MisfitNotice = lazyPart("a notice about the images", () => import("../images/MisfitNotice"));
const PredictFirst = lazyPart("the prediction chart", () => import("../predict/PredictFirst"));
const AuthorsResults = lazyPart("the comparison", () => import("../results/AuthorsResults"));

interface Props {
  readonly bench: Workbench;
  readonly probe: Loaded<BackendChoice>;
  readonly modelImport: ModelImport;
  /** Whether it is known which files of the visitor's are here. */
  readonly userModelsListed: boolean;
}

export function WorkbenchView({ bench, probe, modelImport, userModelsListed }: Props): ReactNode {
  const { models, address, problems, results, activity } = bench;
  const { retry } = useSession();
  const { queued: queuedRun, dataSets, imageImport } = useLabState();
  const queued = queuedRun !== null;
  const { spec, backend } = address;
  const pair = useMemo(() => pairOf(spec.curves[0], models), [spec, models]);
  const preset = useMemo(() => presetOf(spec), [spec]);
  const shown = useShown(spec, results, address.digest);
  const left = useFigureLeft(spec, preset);
  const absent = useMemo(() => absentFiles(spec, models), [spec, models]);
  const heads = useMemo(() => absentHeads(spec, models), [spec, models]);
  const missing = useMemo(() => absentTrainings(spec, models), [spec, models]);
  const absentData = absentDataSet(spec, dataSets ?? []);
  const data = useMemo(() => dataChoiceOf(spec, dataSets ?? []), [spec, dataSets]);
  const misfit = useMemo(() => data && misfitOf(spec, data, models), [spec, data, models]);
  const hasNetworks = absent.length === 0 && (pair !== null || missing.length > 0);
  const obstacle = obstacleOf(hasNetworks, heads.length > 0, absentData, misfit);
  const running = underWay(activity) !== null;
  const timeOf = useRunTime();
  const time = useMemo(() => timeOf(), [timeOf]);
  const pairAlone = useMemo(
    () =>
      offersPairAlone(shown.results, spec.curves.length, preset !== null)
        ? { time: timeOf(0) }
        : null,
    [shown.results, spec, preset, timeOf],
  );
  useMeasuredPace();
  useNoteRecent(spec, preset !== null, modelImport.taken);
  const { reveal, goTo } = useViewStore();
  const { view, revealed, slide } = useViewState();
  const experiment = useMemo(() => writeAddress({ spec, backend: null }), [spec]);
  // A grid has no curve to draw.
  const predicts = view.predict && spec.layout === "diagonal";
  const presented = view.mode === "present";
  const steps = stepsFor(spec, preset, models, view.predict);
  const step = presented
    ? stepAmong(steps, slide?.experiment === experiment ? slide.step : null)
    : null;
  // A slide builds up: its steps cover and reveal.
  const covered = step === null ? predicts && revealed !== experiment : step === "predict";
  // Here, so that it outlives a prediction, which covers everything that shows it.
  const [layer, setLayer] = useState<number | null>(null);
  // Likewise, so that going back and forth on a slide keeps what was drawn.
  const [prediction, setPrediction] = useState({ of: "", drawn: nothingDrawn });
  const drawn = prediction.of === experiment ? prediction.drawn : nothingDrawn;
  const [settingsKept, showSettings] = useSettingsOpen(useOpening() !== null);
  // A slide hides them, and their column with them.
  const settings = usePartVisible("settings") && settingsKept;
  const settingsId = useId();
  const focusSetting = useSettingFocus(settingsId);
  return (
    <>
      <ProblemsNotice problems={problems} />
      {modelImport.place === "page" && !presented && (
        <ModelImportNotice {...{ modelImport, spec, models, running }} />
      )}
      {userModelsListed && heads.length > 0 && <AbsentHeads heads={heads} />}
      {dataSets !== null && absentData !== null && <AbsentImages dataRef={absentData} />}
      {data && misfit && <MisfitNotice {...{ misfit, spec, models }} choice={data} />}
      {missing.length > 0 && !(presented && shown.whole) && (
        <AbsentTrainings trainings={missing} isFolded={shown.whole} />
      )}
      <Trainings spec={spec} models={models} />
      {imageImport && <ImageDialog {...imageImport} {...{ spec, models }} />}
      <div className="experiment-bar">
        <IfVisible part="settings">
          <ExperimentLine
            {...{ spec, models, running, settings }}
            onSettings={(setting) => {
              showSettings(true);
              focusSetting(setting);
            }}
          />
        </IfVisible>
        <div className="experiment-actions">
          <IfVisible part="run">
            <RunPanel
              activity={activity}
              obstacle={obstacle}
              backendKnown={backend !== null || probe.status === "ready"}
              queued={queued}
              trainsFirst={missing.length > 0}
              started={!isEmpty(results)}
              finished={results.report !== null}
              whole={shown.whole}
              recorded={shown.source.has(0) || shown.loading}
              time={time}
              pairAlone={pairAlone}
            />
          </IfVisible>
          <IfVisible part="settings">
            <SettingsButton
              {...{ spec, models }}
              open={settings}
              panelId={settingsId}
              onPress={() => showSettings(!settings)}
            />
          </IfVisible>
        </div>
      </div>
      <div className={settings ? "workbench with-settings" : "workbench"}>
        {settings && (
          <IfVisible part="settings">
            <Setup
              id={settingsId}
              spec={spec}
              models={models}
              pair={pair}
              backend={backend}
              probe={probe}
              running={running}
              onClose={() => showSettings(false)}
            />
          </IfVisible>
        )}
        <div className="outcome">
          {preset !== null && (
            <IfVisible part="claim">
              <FigureHead name={preset} covered={step === null ? covered : step !== "claim"} />
            </IfVisible>
          )}
          <IfVisible part="figures">
            {left !== null && <FigureLeft name={left} running={running} />}
          </IfVisible>
          {activity.status === "failed" && <ErrorAlert error={activity.error} onRetry={retry} />}
          {pair && (step === null ? predicts : step === "predict" || step === "reveal") && (
            <PredictFirst
              key={experiment}
              spec={spec}
              preset={preset}
              models={models}
              results={shown.results}
              covered={covered}
              prediction={drawn}
              onDraw={(next) => setPrediction({ of: experiment, drawn: next })}
              onReveal={() => {
                reveal(experiment);
                if (presented) goTo({ experiment, step: "reveal" });
              }}
            />
          )}
          {!covered && step !== "reveal" && (
            <ResultsPanel
              spec={spec}
              preset={preset}
              pair={pair}
              models={models}
              shown={shown}
              left={left === null ? null : (shown.files.get(left)?.report ?? null)}
              running={running}
              layer={layer}
              onLayer={setLayer}
              step={step}
            />
          )}
          {/* After the results that a link may have. */}
          {userModelsListed && absent.length > 0 && <AbsentFiles files={absent} />}
          {address.digest && !covered && !presented && (
            <AuthorsResults digest={address.digest} spec={spec} models={models} results={results} />
          )}
        </div>
      </div>
    </>
  );
}

const nothingDrawn: Prediction = new Map();

function obstacleOf(
  hasNetworks: boolean,
  needsHead: boolean,
  absentData: string | null,
  misfit: DataMisfit | null,
): string | null {
  if (needsHead) return "Fit the missing head to run.";
  if (!hasNetworks) return "Add the missing file to run.";
  if (absentData !== null) return "Add the missing images to run.";
  return misfit && "Networks and images do not fit.";
}

interface SetupProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  readonly pair: ModelPair | null;
  readonly backend: BackendName | null;
  readonly probe: Loaded<BackendChoice>;
  readonly running: boolean;
}

// Drawn again only when something in it changes, not for every step of a run.
const Setup = memo(function Setup(props: SetupProps): ReactNode {
  const { id, spec, models, pair, backend, probe, running, onClose } = props;
  const { retry } = useSession();
  return (
    <aside id={id} className="setup" aria-label="Settings">
      <div className="section-head">
        <h2>Settings</h2>
        <button type="button" className="quiet" onClick={onClose}>
          Close<span className="visually-hidden"> settings</span>
        </button>
      </div>
      {running && <p className="hint">Settings are locked while running.</p>}
      {/* The experiment cannot change during a run. */}
      <fieldset disabled={running}>
        <legend className="visually-hidden">Experiment</legend>
        <IfVisible part="networks">
          <NetworkPickers spec={spec} models={models} />
        </IfVisible>
        <IfVisible part="networks">
          <DataPicker spec={spec} models={models} />
        </IfVisible>
        <IfVisible part="protocol">
          <ProtocolPicker spec={spec} />
        </IfVisible>
        <IfVisible part="advanced">
          {pair && <AdvancedSettings spec={spec} pair={pair} />}
        </IfVisible>
        <IfVisible part="backend">
          <BackendPicker chosen={backend} probe={probe} onRetry={retry} />
        </IfVisible>
      </fieldset>
    </aside>
  );
});
