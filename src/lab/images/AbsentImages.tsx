/** Asks for the images that the address names and that are not here. */
import { useId, type ReactNode } from "react";
import { useSession } from "../view/services";

/** @param dataRef what the address names them by */
export default function AbsentImages({ dataRef }: { readonly dataRef: string }): ReactNode {
  const id = useId();
  const { giveImages } = useSession();
  return (
    <section className="notice notice-asks" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>This link needs images</h2>
      <dl className="hashes">
        <dt>
          Images, <span className="hash-name">SHA-256</span>
        </dt>
        <dd>
          <code>{dataRef.replace("sha256:", "")}</code>
        </dd>
      </dl>
      <p id={`${id}-how`}>
        Drop the folder or file on this page or choose it. Ask the sender of the link for it. Images
        are read and compared on your machine and not uploaded. Or choose other images below.
      </p>
      <button type="button" aria-describedby={`${id}-how`} onClick={() => giveImages(null)}>
        Choose images…
      </button>
    </section>
  );
}
