/**
 * A worker's side: receives requests one at a time and answers them. `pause` and `resume` take
 * effect while a task runs, between two steps.
 */
import { LabError, errorData } from "../../core/errors";
import { tensorBytes } from "../../core/tensor/backend";
import type { BackendName } from "../../experiment/report";
import type { AssetSource } from "../assets";
import type { StartedBackend } from "../backends/start";
import { createPauseSignal } from "../pause-signal";
import type { FromWorker, ToWorker } from "../messages";
import type { ProbeResult } from "../probe-result";
import { settlesWithin } from "../settles-within";
import type { FilePart, JoinedFile, UserModel } from "../user-model";
import { workerContext, type WorkerContext } from "./tasks/context";
import { joinFiles, validateModelFile } from "./validate-model-file";
import { executeTask } from "./tasks/execute";
import { fitHeadTo } from "./fit-head";
import { fold } from "./fold";
import { createPassages, type Passages } from "./passage";
import { createTrainer, type Trainer } from "./train";
import { createWarmUp, type WarmUp } from "./warm-up";

/** A checkpoint is sent after this much work; a killed worker costs no more. */
const checkpointEveryMs = 3_000;

/** An operation may fail before the loss of its device is reported. */
const deviceLossPatienceMs = 1_000;

/** What a page's worker and a Node thread provide differently. */
export interface WorkerPlatform {
  send(message: FromWorker): void;
  readonly assets: AssetSource;
  /** @throws LabError `backend` when it cannot be started */
  startBackend(name: BackendName): Promise<StartedBackend>;
  probe(name: BackendName): Promise<ProbeResult>;
  nowMs(): number;
}

type Request = Exclude<ToWorker, { type: "pause" | "resume" }>;

/** @returns the function that receives every message; requests are answered in order */
export function serve(platform: WorkerPlatform): (message: ToWorker) => void {
  const pause = createPauseSignal();
  let context: WorkerContext | undefined;
  let warmUp: WarmUp | undefined;
  let lost: Promise<string> | undefined;
  let passages: Passages | undefined;
  let trainer: Trainer | undefined;
  /** Number of the latest passage asked for. */
  let latest = -1;

  async function run({ task, sums, from }: Extract<Request, { type: "run" }>): Promise<void> {
    if (!context) throw new Error("a worker must be set up before it runs a task");
    await warmUp?.(task, sums);
    let checkpointedMs = platform.nowMs();
    for await (const event of executeTask(task, sums, from, context, () => platform.nowMs())) {
      if (event.type !== "step") {
        platform.send(event);
        continue;
      }
      const { fraction, activity } = event;
      platform.send({ type: "progress", fraction, activity, tensorBytes: tensorBytes() });
      await nextTurn();
      const paused = pause.isPaused();
      if (paused || platform.nowMs() - checkpointedMs >= checkpointEveryMs) {
        platform.send({ type: "checkpoint", checkpoint: await event.checkpoint() });
        if (paused) platform.send({ type: "paused" });
        await pause.whenResumed();
        checkpointedMs = platform.nowMs();
      }
    }
  }

  /** Answers until a newer passage is asked for. */
  async function pass({ request }: Extract<Request, { type: "passage" }>): Promise<void> {
    if (!passages) throw new Error("a worker needs the networks before it passes images");
    const isLatest = (): boolean => request.id === latest;
    if (!isLatest()) return;
    try {
      for await (const message of passages.answers(request)) {
        if (isLatest()) platform.send(message);
        await nextTurn();
        if (!isLatest()) return;
      }
    } catch (thrown) {
      // Nobody waits for an answer any more.
      if (isLatest()) throw thrown;
    }
  }

  async function fitAHead({ request }: Extract<Request, { type: "fit-head" }>): Promise<void> {
    for await (const event of fitHeadTo(request, platform.assets)) {
      if (event.type === "joined") platform.send(event);
      else {
        const { fraction, activity } = event;
        platform.send({ type: "progress", fraction, activity, tensorBytes: tensorBytes() });
      }
    }
  }

  function training(): Trainer {
    if (!trainer) throw new Error("a worker must be told what to train first");
    return trainer;
  }

  async function answer(request: Request): Promise<void> {
    switch (request.type) {
      case "setup": {
        const started = await platform.startBackend(request.setup.backend);
        lost = started.lost;
        void lost?.then((reason) => platform.send({ type: "lost", reason }));
        context = workerContext(request.setup, platform.assets);
        warmUp = createWarmUp(context);
        platform.send({ type: "ready", adapter: started.adapter });
        return;
      }
      case "probe":
        platform.send({ type: "probed", probe: await platform.probe(request.backend) });
        return;
      case "validate":
        // The network is run on a few images: plain JavaScript runs everywhere, but takes seconds.
        await platform.startBackend("wasm").catch(() => platform.startBackend("cpu"));
        platform.send(validated(await validateModelFile(request)));
        return;
      case "join":
        await platform.startBackend("wasm").catch(() => platform.startBackend("cpu"));
        platform.send({ type: "joined", file: await joinFiles(request.trunk, request.head) });
        return;
      case "fold":
        if (!context) throw new Error("a worker must be set up before it writes a network");
        platform.send({ type: "folded", folded: await fold(request.fold, context) });
        return;
      case "fit-head":
        await platform.startBackend(request.request.backend);
        return fitAHead(request);
      case "train": {
        const { backend } = request.training;
        const started = await platform.startBackend(backend);
        lost = started.lost;
        void lost?.then((reason) => platform.send({ type: "lost", reason }));
        trainer = await createTrainer(request.training, platform.assets);
        platform.send({ type: "training", started: trainer.started });
        return;
      }
      case "gradient":
        platform.send({
          type: "part-gradient",
          answer: await training().gradient(request.request),
        });
        return;
      case "write-trained":
        platform.send({
          type: "trained",
          bytes: training().file(request.weights, request.metadata),
        });
        return;
      case "score-trained":
        platform.send({ type: "trained-scored", answer: await training().score(request.request) });
        return;
      case "passage-setup":
        if (!context) throw new Error("a worker must be set up before it passes images");
        passages = createPassages(request.passages, context);
        return;
      case "passage":
        return pass(request);
      case "run":
        return run(request);
      default:
        throw unknownRequest(request);
    }
  }

  /** Reports why a request failed, unless the device is lost, which is reported already. */
  async function fail(thrown: unknown): Promise<void> {
    if (lost && (await settlesWithin(lost, deviceLossPatienceMs))) return;
    if (!(thrown instanceof LabError)) console.error(thrown);
    platform.send({ type: "failed", error: errorData(thrown, "the worker") });
  }

  let last = Promise.resolve();
  return (message) => {
    if (message.type === "pause" || message.type === "resume") {
      pause.set(message.type === "pause");
    } else {
      if (message.type === "passage") latest = message.request.id;
      last = last.then(() => answer(message)).catch(fail);
    }
  };
}

function validated(file: UserModel | FilePart | JoinedFile): FromWorker {
  if ("part" in file) return { type: "validated-part", part: file };
  return "bytes" in file ? { type: "joined", file } : { type: "validated", network: file };
}

/** For a page of another version than this worker. */
function unknownRequest(request: never): LabError {
  const { type } = request as { readonly type: unknown };
  return new LabError({
    code: "unexpected",
    input: "message to a worker",
    expected: "a request that it knows",
    found: String(type),
  });
}

/**
 * Lets the thread receive its messages. A promise alone does not: it runs before them. A timer
 * would, but browsers slow timers down in hidden tabs.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
