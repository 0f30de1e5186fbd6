/**
 * A worker without mathematics: every task is five small steps, each of which adds something to a
 * result that is right only if all were taken, in order, once.
 */
import type { ClosedFormSums } from "../../../../src/core/similarity/sums";
import {
  taskCheckpointSchema,
  type TaskCheckpoint,
  type WorkerResult,
  type WorkerTask,
} from "../../../../src/engine/kinds/registry";
import { createPauseSignal } from "../../../../src/engine/pause-signal";
import type { FromWorker, ToWorker, WorkerPort } from "../../../../src/engine/messages";
import { nextTurn } from "../../../../src/engine/worker/serve";
import type { StitchTask } from "../../../../src/experiment/plan/task";

const steps = 5;
/** Sites of the networks in these experiments. */
const sites = 5;
/** Training here diverges. */
export const divergingSite = 2;

export interface StandInWorker extends WorkerPort {
  /** It is gone and says nothing; who waits for its death learns of it. */
  kill(): void;
  /** It says that its device is lost, and can do no more. */
  loseDevice(): void;
  readonly alive: () => boolean;
}

/** @param computed called with every task that starts without a checkpoint */
export function standInWorker(computed: (task: WorkerTask) => void): StandInWorker {
  const pause = createPauseSignal();
  let alive = true;
  let receive: (message: unknown) => void = () => undefined;
  let broken: (reason: string) => void = () => undefined;
  const send = (message: FromWorker): void => {
    const copy = structuredClone(message);
    void nextTurn().then(() => {
      if (alive) receive(copy);
    });
  };

  async function run({ task, from }: Extract<ToWorker, { type: "run" }>): Promise<void> {
    let state = from && taskCheckpointSchema.parse(structuredClone(from));
    if (!state) computed(task);
    while (stepsOf(state) < steps) {
      await nextTurn();
      if (!alive) return;
      state = after(task, state);
      send({
        type: "progress",
        fraction: stepsOf(state) / steps,
        activity: task.type,
        tensorBytes: 0,
      });
      send({ type: "checkpoint", checkpoint: state });
      if (pause.isPaused()) send({ type: "paused" });
      await pause.whenResumed();
    }
    if (state) send({ type: "result", result: resultOf(task, state) });
  }

  return {
    post(message) {
      if (message.type === "setup") send({ type: "ready", adapter: null });
      else if (message.type === "run") void run(message);
      else if (message.type === "pause" || message.type === "resume") {
        pause.set(message.type === "pause");
      }
    },
    onMessage(listener) {
      receive = listener;
    },
    onBreak(listener) {
      broken = listener;
    },
    terminate() {
      alive = false;
    },
    kill() {
      if (!alive) return;
      alive = false;
      void nextTurn().then(() => broken("killed"));
    },
    loseDevice() {
      if (alive) receive({ type: "lost", reason: "the device was destroyed" });
    },
    alive: () => alive,
  };
}

function stepsOf(state: TaskCheckpoint | undefined): number {
  if (!state) return 0;
  switch (state.type) {
    case "scoring":
      return state.scored.scored;
    case "closed-form":
    case "similarity":
      return state.passed;
    case "measures":
      return state.sites.length > 0 ? steps : 0;
    case "probe":
    case "departure":
      return steps;
    case "least-squares":
      return state.scored;
    case "training":
      return state.training?.step ?? 0;
    case "trained":
      throw new Error("a worker does not get what the host keeps of a trained stitch");
    case "fresh-top":
      return state.training.step;
    default:
      return state satisfies never;
  }
}

/** One step more. */
function after(task: WorkerTask, state: TaskCheckpoint | undefined): TaskCheckpoint {
  const step = stepsOf(state) + 1;
  const more = (flags: Uint8Array | undefined, count: number, salt: number): Uint8Array =>
    Uint8Array.from({ length: count }, (_, image) =>
      image % steps === step - 1 ? Number((image * 7 + salt) % 3 === 0) : (flags?.[image] ?? 0),
    );
  switch (task.type) {
    case "baseline": {
      const before = state?.type === "scoring" ? state.scored.wrong : undefined;
      const salt = parseInt(task.model.slice(0, 4), 16);
      return {
        type: "scoring",
        scored: { scored: step, wrong: more(before, task.images.count, salt) },
      };
    }
    case "closed-form":
    case "similarity": {
      const before = state?.type === task.type ? state.sums : [];
      return {
        type: task.type,
        passed: step,
        sums: Array.from({ length: sites }, (_, site) =>
          (task.asked?.includes(site) ?? true) ? sumsAfter(before[site], site + task.first) : null,
        ),
      };
    }
    case "measures":
      return {
        type: "measures",
        sites: task.asked.map((site) => ({ site, similarity: { linearCka: 0.5, svcca: null } })),
      };
    case "probe":
      return { type: "probe" };
    case "least-squares":
    case "family": {
      const before = state?.type === "least-squares" ? state.wrong : [];
      const count = task.end - task.first;
      return {
        type: "least-squares",
        scored: step,
        wrong: task.asked.map((site, k) => more(before[k], count, site)),
      };
    }
    case "stitch": {
      const before = state?.type === "training" ? state.training : null;
      return { type: "training", training: trainingAfter(before, task), seconds: 0 };
    }
    case "scoring": {
      const before = state?.type === "scoring" ? state.scored.wrong : undefined;
      // Of a stitch that was trained otherwise all of them are others.
      const salt =
        task.stitch.kind === "parameters" ? (task.stitch.parameters.weight[0] ?? NaN) : NaN;
      const count = task.end - task.first;
      return { type: "scoring", scored: { scored: step, wrong: more(before, count, salt) } };
    }
    case "fresh-top":
    case "departure":
      throw new Error("no experiment here has one");
    default:
      return task satisfies never;
  }
}

type Training = NonNullable<Extract<TaskCheckpoint, { type: "training" }>["training"]>;

/** Training that remembers every step: what is trained doubles and adds what is the task's own. */
function trainingAfter(before: Training | null, { site, seed }: StitchTask): Training {
  const trained = before?.kind === "paper" ? (before.trained[0] ?? NaN) : 0;
  const none = new Float32Array();
  return {
    kind: "paper",
    step: (before?.step ?? 0) + 1,
    statistics: none,
    first: none,
    second: none,
    trained: Float32Array.of(2 * trained + site + seed + 1),
    lossesOfEpoch: [],
    untold: [],
  };
}

/** Sums that remember every step: each doubles what was there and adds its own. */
function sumsAfter(before: ClosedFormSums | null | undefined, salt: number): ClosedFormSums {
  const { xy, xx, yy } = before?.hsic ?? { xy: salt, xx: 1, yy: 1 };
  const hsic = { xy: 2 * xy + 1, xx: 3 * xx + 1, yy: 3 * yy + 2 };
  const one = Float64Array.of(1);
  return {
    moments: { count: 1, meanX: one, meanY: one, xx: one, xy: one, yy: one },
    hsic,
    biasedHsic: hsic,
    rbfHsic: hsic,
    neighbours: { shared: xy, images: 1 },
  };
}

function resultOf(task: WorkerTask, state: TaskCheckpoint): WorkerResult {
  const whole = structuredClone(state);
  if (task.type === "baseline" && whole.type === "scoring") {
    return { type: "baseline", wrong: whole.scored.wrong };
  }
  if (task.type === "closed-form" && whole.type === "closed-form") {
    return { type: "closed-form", sums: whole.sums };
  }
  if (task.type === "similarity" && whole.type === "similarity") {
    return { type: "similarity", sums: whole.sums };
  }
  if (task.type === "measures" && whole.type === "measures") return whole;
  if (task.type === "least-squares" && whole.type === "least-squares") {
    const fit = { r2: 0.5, relativeRidge: 1e-6, condition: 1, deadChannels: 0 };
    return {
      type: "least-squares",
      sites: task.asked.map((site, k) => ({
        outcome: "scored",
        site,
        wrong: whole.wrong[k] ?? new Uint8Array(),
        ...fit,
        similarity: null,
      })),
    };
  }
  if (task.type === "stitch" && whole.type === "training") {
    if (task.site === divergingSite) {
      const found = "a loss of NaN";
      return { type: "stitch-failure", reason: "diverged", step: 3, found };
    }
    const one = Float32Array.of(1);
    const norm = { gamma1: one, beta1: one, mean1: one, variance1: one };
    const other = { gamma2: one, beta2: one, mean2: one, variance2: one };
    const weight = whole.training?.kind === "paper" ? whole.training.trained : one;
    const stitch = { source: 1, target: 1, weight, ...norm, ...other };
    return {
      type: "trained",
      refinement: null,
      steps,
      finalTrainLoss: 1,
      seconds: 0,
      stitch,
      scored: { kind: "parameters", parameters: stitch },
    };
  }
  if (task.type === "scoring" && whole.type === "scoring") {
    return { type: "scores", wrong: whole.scored.wrong, seconds: 0 };
  }
  throw new Error(`a ${task.type} task with a ${state.type} checkpoint`);
}
