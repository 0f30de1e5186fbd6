/** The page as a first visit sees it, as HTML, for the build to write into index.html. */
import { renderToString } from "react-dom/server";
import { zooManifestSchema } from "../../core/nets/zoo-manifest";
import { recordedSchema } from "../../experiment/report";
import { initialStatus } from "../../storage/status";
import { openingOf } from "../session/opening";
import { createViewStore } from "../view/view-store";
import { LabPage, type AppServices } from "./LabPage";

/**
 * React takes it over as it stands, so that the page must be the same to the last letter when it is
 * drawn there.
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
      session={{ ...noopServices, subscribe, getSnapshot: () => opening.state }}
      storage={{ ...noopServices, subscribe, getStatus: () => initialStatus }}
      updates={{ ...noopServices, subscribe, ready: () => false }}
      engine={noopServices}
    />,
  );
}

/** What a visitor's actions call. There is no visitor here, so that nothing of it is. */
const noopServices = {} as AppServices["session"] &
  AppServices["storage"] &
  AppServices["updates"] &
  AppServices["engine"];

export { openingFiles } from "../session/opening";
