/** Out of here: a shared screen must not stay open under somebody's name. */
import { useText } from "../text/i18n";
import { Notice, useTrouble } from "./Notice";
import { leave } from "./session";

export function SignOut() {
  const { t } = useText();
  const { trouble, attempt } = useTrouble();
  return (
    <>
      <button type="button" className="quiet" onClick={() => void attempt(leave)}>{t("logout")}</button>
      <Notice trouble={trouble} />
    </>
  );
}
