/** An address as a QR code. Black on white in the dark, too: many readers take no other. */
import { useMemo, useState, type ReactNode } from "react";
import { encode } from "uqr";

/** Modules of white around it, as the standard asks. */
const border = 4;

export function QrCode({ text }: { readonly text: string }): ReactNode {
  const [large, setLarge] = useState(false);
  const code = useMemo(() => codeOf(text), [text]);
  if (code === null) {
    return <p className="hint">This link is too long for a QR code. Copy it instead.</p>;
  }
  const { size, path } = code;
  return (
    <div className={large ? "qr qr-large" : "qr"}>
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label="QR code of the link above"
        shapeRendering="crispEdges"
      >
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <button type="button" className="quiet" aria-pressed={large} onClick={() => setLarge(!large)}>
        {large ? "Shrink" : "Enlarge"}
      </button>
    </div>
  );
}

/** Null where the text has no room in the largest code. */
function codeOf(text: string): { readonly size: number; readonly path: string } | null {
  try {
    const { data, size } = encode(text, { ecc: "L", border });
    const squares = data.flatMap((row, y) =>
      row.flatMap((black, x) => (black ? [`M${x} ${y}h1v1h-1z`] : [])),
    );
    return { size, path: squares.join("") };
  } catch {
    return null;
  }
}
