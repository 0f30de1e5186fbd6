/** Gives files to whatever takes them: networks to the experiment, images to their dialog. */
import { useCallback } from "react";
import type { ImportPlace } from "../session/own-files/model-import";
import { workbenchOf } from "../session/state";
import { useSession } from "../view/services";

export type GiveSorted = (files: readonly File[], anyNetwork: boolean, place?: ImportPlace) => void;

/** Returns a function that looks into the files; their names say nothing. */
export function useGiveSorted(): GiveSorted {
  const { giveFiles, giveImages, getSnapshot } = useSession();
  return useCallback(
    (files, anyNetwork, place) => {
      // Fetched only now: few visitors give a file.
      void import("../engine/own-images/sorted-files")
        .then(({ sortedFiles }) => sortedFiles(files))
        .catch(() => ({ networks: files, images: null }))
        .then(({ networks, images }) => {
          if (networks.length > 0) giveFiles(networks, anyNetwork, place);
          if (images && workbenchOf(getSnapshot()) !== null) giveImages(images);
        });
    },
    [giveFiles, giveImages, getSnapshot],
  );
}
