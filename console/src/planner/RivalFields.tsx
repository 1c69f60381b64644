/** One rival: its name, who is sent, where free units wait; and, folded away, all else that may be different. */
import { known, useText } from "../text/i18n";
import type { Choices, Source } from "../wire/simulations";
import { isAt } from "./atField";
import { callsigns, changesOf, type RivalDraft } from "./draft";
import { Field, type Said } from "./Field";
import { colourOf, letter } from "./letters";

const FOLDED = ["more", "without", "turnout_s", "closed", "lines", "takers", "beds"];

type Props = {
  rival: RivalDraft; index: number; choices: Choices; said: Said; source: Source; placeholder: string;
  change: (part: Partial<RivalDraft>) => void; drop: (() => void) | null;
};

export function RivalFields({ rival, index, choices, said, source, placeholder, change, drop }: Props) {
  const { t } = useText();
  const at = (part: string) => `rivals.${index}.${part}`;
  const changes = changesOf(rival);
  // What is wrong must be seen.
  const folded = FOLDED.some((part) => said !== null && isAt(said.fields, at(part)));
  const hintOf = (chosen: string) => (chosen === "dmexclp" ? { hint: t("planner.dmexclp_hint") } : {});
  const name = t("planner.rival", { letter: letter(index) });
  return (
    <fieldset className="rival" style={{ borderLeftColor: colourOf(index) }}>
      <legend><b>{name}</b> {index === 0 && <small>{t("planner.measure")}</small>}</legend>
      {drop && <button type="button" className="quiet drop" aria-label={t("planner.drop_rival", { letter: letter(index) })} onClick={drop}>✕</button>}
      <Field label={t("planner.name")} name={at("name")} said={said}>{(box) => (
        <input {...box} value={rival.name} maxLength={60} placeholder={placeholder} onChange={(event) => change({ name: event.target.value })} />)}</Field>
      <Field label={t("planner.policy")} name={at("policy")} said={said} {...hintOf(rival.policy)}>{(box) => (
        <select {...box} value={rival.policy} onChange={(event) => change({ policy: event.target.value })}>
          {choices.policies.map((one) => <option key={one.name} value={one.name}>{known(t, "planner.policy", one.name)}</option>)}</select>)}</Field>
      <Field label={t("planner.move_up")} name={at("move_up")} said={said} {...hintOf(rival.moveUp)}>{(box) => (
        <select {...box} value={rival.moveUp} onChange={(event) => change({ moveUp: event.target.value })}>
          {choices.move_ups.map((one) => <option key={one} value={one}>{known(t, "planner.move_up", one)}</option>)}</select>)}</Field>
      {source !== "now" && <details open={folded || undefined}><summary>{changes > 0 ? t("planner.changes_some", { count: changes }) : t("planner.changes")}</summary>
        <MoreVans rival={rival} choices={choices} change={change} said={said} at={at("more")} />
        <Field label={t("planner.without")} name={at("without")} said={said} hint={t("planner.without_hint")}>{(box) => (
          <input {...box} value={rival.without} onChange={(event) => change({ without: event.target.value })} />)}</Field>
        {source !== "model" && <PickUnits rival={rival} choices={choices} change={change} />}
        <div className="pair">{choices.kinds.map((kind) => (
          <Field key={kind} label={t("planner.turnout", { kind: known(t, "planner.kind", kind) })} name={at("turnout_s")} said={said} hint={t("planner.turnout_hint")}>{(box) => (
            <input {...box} inputMode="numeric" value={rival.turnout[kind] ?? ""} placeholder={t("planner.as_is")} onChange={(event) => change({ turnout: { ...rival.turnout, [kind]: event.target.value } })} />)}</Field>))}</div>
        <Closed rival={rival} choices={choices} change={change} said={said} at={at("closed")} />
        {source !== "recorded" && <><div className="pair">
          <Field label={t("planner.lines")} name={at("lines")} said={said}>{(box) => (
            <input {...box} inputMode="numeric" value={rival.lines} placeholder={t("planner.as_is")} onChange={(event) => change({ lines: event.target.value })} />)}</Field>
          <Field label={t("planner.takers")} name={at("takers")} said={said}>{(box) => (
            <input {...box} inputMode="numeric" value={rival.takers} placeholder={t("planner.as_is")} onChange={(event) => change({ takers: event.target.value })} />)}</Field>
        </div>
        <label className="check"><input type="checkbox" checked={rival.beds} onChange={(event) => change({ beds: event.target.checked })} /> {t("planner.beds")}</label></>}
      </details>}
    </fieldset>
  );
}

/** Callsigns by station, to pick one after the other; those of a model's city are typed. */
function PickUnits({ rival, choices, change }: Pick<Props, "rival" | "choices" | "change">) {
  const { t } = useText();
  const gone = callsigns(rival.without);
  return (
    <Field label={t("planner.without_pick")} name="" said={null}>{(box) => (
      <select {...box} value="" onChange={(event) => change({ without: [...gone, event.target.value].join(", ") })}>
        <option value="">{t("planner.without_none")}</option>
        {choices.stations.map(({ id, name, units }) => {
          const left = units.filter((unit) => !gone.includes(unit));
          return left.length > 0 && <optgroup key={id} label={name}>{left.map((unit) => <option key={unit} value={unit}>{unit}</option>)}</optgroup>;
        })}</select>)}</Field>
  );
}

/** Stations with vans more, and always one line for another. */
function MoreVans({ rival, choices, change, said, at }: Pick<Props, "rival" | "choices" | "change" | "said"> & { at: string }) {
  const { t } = useText();
  const lines = [...rival.more, { station: "", count: "" }];
  const put = (index: number, part: Partial<RivalDraft["more"][number]>) =>
    change({ more: lines.map((line, other) => (other === index ? { ...line, ...part } : line)).filter(({ station }) => station !== "") });
  return (
    <>{lines.map((line, index) => (
      <div key={index} className="pair more-vans">
        <Field label={t("planner.more")} name={index === 0 ? at : ""} said={said}>{(box) => (
          <select {...box} value={line.station} onChange={(event) => put(index, { station: event.target.value, count: line.count || "1" })}>
            <option value="">{t("planner.more_none")}</option>
            {choices.stations.map((one) => <option key={one.id} value={one.id} disabled={rival.more.some((other, number) => other.station === one.id && number !== index)}>{one.name}</option>)}</select>)}</Field>
        {line.station !== "" && <Field label={t("planner.more_count")} name="" said={said}>{(box) => (
          <input {...box} inputMode="numeric" value={line.count} onChange={(event) => put(index, { count: event.target.value })} />)}</Field>}
      </div>))}</>
  );
}

/** Hospitals that take nobody, and always one line for another. */
function Closed({ rival, choices, change, said, at }: Pick<Props, "rival" | "choices" | "change" | "said"> & { at: string }) {
  const { t } = useText();
  const lines = [...rival.closed, ""];
  const put = (index: number, hospital: string) => change({ closed: lines.map((one, other) => (other === index ? hospital : one)).filter(Boolean) });
  return (
    <>{lines.map((closed, index) => (
      <Field key={index} label={t("planner.closed")} name={index === 0 ? at : ""} said={said}>{(box) => (
        <select {...box} value={closed} onChange={(event) => put(index, event.target.value)}>
          <option value="">{t("planner.closed_none")}</option>
          {choices.hospitals.map((one) => <option key={one.id} value={one.id} disabled={one.id !== closed && rival.closed.includes(one.id)}>{one.name}</option>)}</select>)}</Field>))}</>
  );
}
