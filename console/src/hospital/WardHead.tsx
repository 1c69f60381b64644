/** Which hospital this is, whether the line is good, and the few things that are set on this tablet. */
import { LinkLamp } from "../shell/Header";
import { LanguageButton } from "../shell/LanguageButton";
import { ThemeButton } from "../shell/ThemeButton";
import { Notice, useTrouble } from "../shell/Notice";
import { leave } from "../shell/session";
import { useText } from "../text/i18n";
import { SoundButton } from "./SoundButton";

/** `unsent` : how many counts wait for the line; they would wait for the same account to come back. */
export function WardHead({ title, unsent = 0 }: { title: string; unsent?: number }) {
  const { t } = useText();
  const { trouble, complain, attempt } = useTrouble();
  async function out() {
    if (unsent > 0) return complain(t("ward.logout_unsent", { count: unsent }));
    await attempt(leave);
  }
  return (
    <header className="ward-head">
      <h1>{title}</h1>
      <div className="ward-tools">
        <LinkLamp />
        <SoundButton />
        <ThemeButton />
        <LanguageButton />
        <button type="button" className="quiet" onClick={() => void out()}>{t("logout")}</button>
      </div>
      <Notice trouble={trouble} />
    </header>
  );
}
