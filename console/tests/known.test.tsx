/** A city that comes with Vigil, as the first run lays it open. */
import { renderToStaticMarkup } from "react-dom/server";
import { I18nProvider } from "@lingui/react";
import { expect, test } from "vitest";

import { KnownHospitals, OffTheMap } from "../src/setup/Known";
import { soundsLikeOne } from "../src/setup/HospitalsStep";
import "../src/setup/texts";
import type { KnownHospital, KnownStation, Told } from "../src/setup/wire";
import { i18n } from "../src/text/i18n";

const hospital = (id: string, assumed: boolean, on_map: boolean): KnownHospital => ({
  id, code: id.toUpperCase(), name: `Bệnh viện ${id}`, beds: { EmergencyDepartment: { staffed: 54, assumed } }, specialities_assumed: false, on_map,
});
const station = (id: string, units: string[], on_map: boolean): KnownStation => ({ id, name: id, assumed: false, units, units_assumed: 0, on_map });
const told = (hospitals: KnownHospital[], stations: KnownStation[]) => ({
  known_hospitals: hospitals, known_stations: stations, known_units: stations.flatMap((one) => one.units), files: { read: "/cities/x", own: "/data/cities/x" },
}) as unknown as Told;
const shown = (part: React.ReactNode) => {
  const page = document.createElement("div");
  page.innerHTML = renderToStaticMarkup(<I18nProvider i18n={i18n}>{part}</I18nProvider>);
  return page;
};

test("a map smaller than the city says how many hospitals and units stand off it", () => {
  const small = told([hospital("a", true, true), hospital("b", true, false)], [station("s", ["C1", "T1"], false), station("r", ["C2"], true)]);
  expect(shown(<OffTheMap told={small} />).textContent).toMatch(/1\/2 bệnh viện và 2\/3 xe nằm ngoài/);
  expect(shown(<OffTheMap told={told([hospital("a", true, true)], [station("s", ["C1"], true)])} />).innerHTML).toBe("");
});

test("only an assumption is marked, and the page says which file corrects it", () => {
  const page = shown(<KnownHospitals told={told([hospital("a", true, true), hospital("b", false, true)], [])} />);
  const rows = [...page.querySelectorAll("tbody tr")].map((row) => row.textContent);
  expect(rows[0]).toContain("▲ 54");
  expect(rows[0]).toContain("giả định");
  expect(rows[1]).not.toContain("▲");
  expect(page.textContent).toContain("/data/cities/x");
  expect(page.textContent).toContain("hospitals.toml");
});

test.each([
  ["Bệnh viện Chợ Rẫy", true], ["City International Hospital", true], ["Trung tâm Y tế Quận 3", true],
  ["Wedo Skin Clinic", false], ["Bệnh viện Thẩm mỹ Á Âu", false], ["Phòng khám Hoàn Mỹ", false],
])("at first %s is chosen: %s", (name, chosen) => expect(soundsLikeOne({ name })).toBe(chosen));
