/** A labelled field with the server's sentence under it, where that is about this field. */
import { useId, type ReactNode } from "react";

import { isAt } from "./atField";

/** fields : those the sentence is about */
export type Said = { text: string; fields: string[] } | null;
type Box = { id: string; "aria-invalid"?: true; "aria-describedby"?: string };

export function Field({ label, name, said, children, hint }: { label: string; name: string; said: Said; children: (box: Box) => ReactNode; hint?: string }) {
  const id = useId();
  const wrong = said !== null && isAt(said.fields, name);
  return (
    <div className="field"><label htmlFor={id}>{label}</label>
      {children({ id, ...(wrong ? { "aria-invalid": true as const } : {}), ...(wrong || hint ? { "aria-describedby": `${id}-said` } : {}) })}
      {(wrong || hint) && <p id={`${id}-said`} className={wrong ? "wrong" : "faint"}>{wrong ? said.text : hint}</p>}
    </div>
  );
}
