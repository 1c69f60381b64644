/** How people sign in here, as the file of this machine says it: to read, for it names a secret and stays with the machine. */
import { useAsked } from "../oversight/useAsked";
import { Notice } from "../shell/Notice";
import { known, useText } from "../text/i18n";
import { signInRules } from "../wire/admin";

export function SignInTab() {
  const { t, say } = useText();
  const { value, trouble } = useAsked(signInRules);
  const oidc = value?.oidc;
  const hours = (count: number) => t("rules.hours", { count });
  const facts: [string, string][] = value ? [
    [t("rules.longest"), hours(value.longest_h)],
    [t("rules.idle"), hours(value.idle_h)],
    [t("rules.code"), value.code_for.map((role) => known(t, "role", role)).join(", ") || t("rules.nobody")],
    [t("rules.oidc"), oidc ? `${say(oidc.name as { vi: string; en: string })} · ${oidc.issuer}` : t("rules.none")],
    ...(oidc ? [
      [t("rules.client"), oidc.client_id],
      [t("rules.back"), `${oidc.public_url}/api/v1/oidc/callback`],
      ...Object.entries(oidc.roles).map(([group, role]) => [t("rules.group", { group }), known(t, "role", role)]),
    ] as [string, string][] : []),
  ] : [];
  return (
    <section className="card wide" aria-label={t("rules.title")}>
      <div className="card-head"><h2>{t("rules.title")}</h2></div>
      <p className="faint">{t("rules.what")}</p>
      <Notice trouble={trouble} />
      <dl className="facts">{facts.map(([what, said]) => <div key={what}><dt>{what}</dt><dd>{said}</dd></div>)}</dl>
    </section>
  );
}
