/** What is not kept and why, and what was removed. Fetched when there is something to tell. */
import type { ReactNode } from "react";
import { useStorage, useStorageStatus } from "../view/services";
import { happenings, obstacleWords, unstoredText } from "./news";

export default function StorageNews(): ReactNode {
  const status = useStorageStatus();
  const said = happenings(status);
  return (
    <>
      {status.obstacle !== null && <ObstacleNotice />}
      {said.length > 0 && <HappenedNotice said={said} />}
    </>
  );
}

function ObstacleNotice(): ReactNode {
  const status = useStorageStatus();
  const { retryUnstored } = useStorage();
  const { obstacle } = status;
  if (obstacle === null) return null;
  const { title, advice } = obstacleWords[obstacle];
  const unstored = unstoredText(status);
  const canTry = (obstacle === "full" || obstacle === "failed") && unstored !== null;
  return (
    <section className="notice notice-storage">
      <h2>{title}</h2>
      <p>{advice}</p>
      {unstored !== null && (
        <p>
          <strong>{unstored}</strong>
        </p>
      )}
      {canTry && (
        <button type="button" onClick={() => void retryUnstored()}>
          Store them now
        </button>
      )}
    </section>
  );
}

function HappenedNotice({ said }: { readonly said: readonly string[] }): ReactNode {
  const { dismiss } = useStorage();
  return (
    <section className="notice notice-happened">
      <div>
        {said.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <button type="button" className="quiet" onClick={dismiss}>
        Dismiss
      </button>
    </section>
  );
}
