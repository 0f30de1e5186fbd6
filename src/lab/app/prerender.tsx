/** The page as a first visit sees it, as HTML, for the build to write into index.html. */
import { renderToString } from "react-dom/server";
import { zooManifestSchema } from "../../core/nets/zoo-manifest";
import { recordedSchema } from "../../experiment/report";
import { initialStatus } from "../../storage/status";
import { openingOf } from "../session/opening";
import { noTrainings } from "../session/trainings/trainings";
import { createViewStore } from "../view/view-store";
import { LabPage, type AppServices } from "./LabPage";

/**
 * Returns the HTML that React hydrates; the page must render to exactly the same text.
 *
 * @param zoo contents of the first of `openingFiles`
 * @param recorded of the second
 */
export function openingHtml(zoo: unknown, recorded: unknown): string {
  const { models } = zooManifestSchema.parse(zoo);
  const opening = openingOf(models, recordedSchema.parse(recorded));
  const nothing = (): void => undefined;
  const subscribe = () => nothing;
  return renderToString(
    <LabPage
      opening={opening}
      views={createViewStore({ query: () => "", replaceQuery: nothing })}
      session={{
        ...noopServices,
        subscribe,
        getSnapshot: () => opening.state,
        trainings: { ...noopServices.trainings, subscribe, getSnapshot: () => noTrainings },
      }}
      storage={{ ...noopServices, subscribe, getStatus: () => initialStatus }}
      updates={{ ...noopServices, subscribe, ready: () => false }}
      engine={noopServices}
    />,
  );
}

/** Services that only a visitor's actions call; during the build there are none. */
const noopServices = {} as AppServices["session"] &
  AppServices["storage"] &
  AppServices["updates"] &
  AppServices["engine"];

export { openingFiles } from "../session/opening";
