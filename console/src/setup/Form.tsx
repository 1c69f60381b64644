/** What all steps share: one order, its trouble beside it, and the button that sends it. */
import { useState, type FormEvent, type ReactNode } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { useText } from "../text/i18n";
import type { Told } from "./wire";

export type StepProps = { told: Told; heard: (told: Told, on?: boolean) => void };

type Props = {
  /** Gives the order; a text is a complaint of the page itself, and nothing was sent. */
  give: (fields: FormData) => Promise<Told | string>;
  heard: (told: Told) => void;
  children: ReactNode;
  label?: string;
  className?: string;
};

export function StepForm({ give, heard, children, label, className = "" }: Props) {
  const { t } = useText();
  const { trouble, complain, attempt } = useTrouble();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    const told = await attempt(() => give(new FormData(form)));
    setBusy(false);
    if (typeof told === "string") return complain(told);
    if (!told) return;
    form.reset();
    heard(told);
  }

  return (
    <form className={`setup-form ${className}`} onSubmit={submit} noValidate>
      {children}
      <Notice trouble={trouble} />
      <button className="primary setup-go" disabled={busy}>{busy ? t("setup.saving") : label ?? t("setup.next")}</button>
    </form>
  );
}

export const said = (fields: FormData, name: string): string => String(fields.get(name) ?? "").trim();
