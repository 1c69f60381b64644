/** Trackers and phones that report where a unit is. A token is shown once. */
import { useState, type FormEvent } from "react";

import { useAsked } from "../oversight/useAsked";
import { Notice, useTrouble } from "../shell/Notice";
import { useText } from "../text/i18n";
import { addDevice, devices, removeDevice, type Device, type DeviceMade } from "../wire/admin";
import { UnitField } from "./Bound";
import { Sure } from "./Sure";

/** As such phones call it. */
const path = (topic: string) => `owntracks/${topic}`;

export function DevicesTab() {
  const { t } = useText();
  const { value, trouble, again } = useAsked(devices);
  const [made, setMade] = useState<DeviceMade | null>(null);
  return (
    <section className="card wide" aria-label={t("devices.title")}>
      <div className="card-head"><h2>{t("devices.title")}</h2></div>
      <p className="faint">{t("devices.what")}</p>
      <NewDevice taken={(value ?? []).map((one) => one.name)} added={(device) => { setMade(device); again(); }} />
      {made && <Made device={made} done={() => setMade(null)} />}
      <Notice trouble={trouble} />
      <ul className="admin-list">{(value ?? []).map((one) => <DeviceLine key={one.name} one={one} removed={again} />)}</ul>
      {value?.length === 0 && <p className="nothing">{t("devices.none")}</p>}
    </section>
  );
}

function NewDevice({ taken, added }: { taken: string[]; added: (device: DeviceMade) => void }) {
  const { t } = useText();
  const [callsign, setCallsign] = useState("");
  const [name, setName] = useState("");
  const [mqtt, setMqtt] = useState(false);
  const [topic, setTopic] = useState("");
  const [sending, setSending] = useState(false);
  const { trouble, complain, attempt } = useTrouble();
  // The callsign itself, or with a number behind it, until somebody types a name.
  const usual = [callsign, ...Array.from({ length: 98 }, (_, n) => `${callsign}-${n + 2}`)].find((one) => !taken.includes(one)) ?? callsign;
  async function add(event: FormEvent) {
    event.preventDefault();
    if (!callsign) return complain(t("people.needs_unit"));
    if (mqtt && !topic.trim()) return complain(t("devices.needs_topic"));
    setSending(true);
    const made = await attempt(() => addDevice({ callsign, name: name.trim() || usual, ...(mqtt ? { topic: topic.trim() } : {}) }));
    setSending(false);
    if (!made) return;
    setCallsign("");
    setName("");
    setTopic("");
    added(made);
  }
  return (
    <form className="admin-form" onSubmit={(event) => void add(event)} noValidate>
      <UnitField value={callsign} say={setCallsign} />
      <label className="field">{t("devices.name")}
        <input value={name} placeholder={usual} autoComplete="off" spellCheck={false} maxLength={40} onChange={(event) => setName(event.target.value)} /></label>
      <label className="field">{t("devices.how")}
        <select value={mqtt ? "mqtt" : "http"} onChange={(event) => setMqtt(event.target.value === "mqtt")}>
          <option value="http">{t("devices.http")}</option><option value="mqtt">{t("devices.mqtt")}</option></select></label>
      {mqtt && <label className="field">{t("devices.topic")}
        <input value={topic} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={200} onChange={(event) => setTopic(event.target.value)} /></label>}
      <button className="primary" disabled={sending}>{sending ? t("sending") : t("devices.add")}</button>
      <Notice trouble={trouble} />
    </form>
  );
}

function Made({ device, done }: { device: DeviceMade; done: () => void }) {
  const { t } = useText();
  return (
    <div className="admin-made" role="status">
      <p><b>{t("devices.made", { name: device.name, unit: device.callsign })}</b></p>
      {device.token ? (
        <dl className="facts">
          <div><dt>{t("devices.server")}</dt><dd><code>{location.origin}{device.path}</code></dd></div>
          <div><dt>{t("devices.token")}</dt><dd><code>{device.token}</code></dd></div>
        </dl>) : <p>{t("devices.listens", { topic: path(device.topic ?? "") })}</p>}
      {device.token && <p>{t("devices.once")}</p>}
      <button type="button" onClick={done}>{t("devices.kept")}</button>
    </div>
  );
}

function DeviceLine({ one, removed }: { one: Device; removed: () => void }) {
  const { t } = useText();
  const { trouble, attempt } = useTrouble();
  return (
    <li><div className="admin-line">
      <b>{one.name}</b><span>{one.callsign}</span>
      <span className="grow faint">{one.topic ? path(one.topic) : t("devices.http")}</span>
      <Sure words={t("devices.remove")} sure={t("devices.sure", { name: one.name })}
        act={() => void attempt(() => removeDevice(one.name)).then(removed)} />
    </div><Notice trouble={trouble} /></li>
  );
}
