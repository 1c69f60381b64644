/** Whose desk this is, in the line on top; what opens from it comes later than the page. */
import { Suspense, useCallback, useRef, useState } from "react";

import { later } from "../shell/later";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { known, useText } from "../text/i18n";

const OwnAccountMenu = later(() => import("./OwnAccountMenu").then((part) => part.OwnAccountMenu));

export function OwnAccount() {
  const { t } = useText();
  const me = useCell(session).me!;
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus();
  }, []);
  return (
    <span className="display own-account" onBlur={({ currentTarget, relatedTarget }) => { if (relatedTarget && !currentTarget.contains(relatedTarget)) setOpen(false); }}>
      <button ref={button} type="button" className="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>{me.username} · {known(t, "role", me.role)}</button>
      {open && <Suspense fallback={null}><OwnAccountMenu close={close} /></Suspense>}
    </span>
  );
}
