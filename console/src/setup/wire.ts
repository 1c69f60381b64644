/** What the first run tells and hears. The service that answers stands only until everything was told. */
import { language } from "../text/i18n";
import { behindHash } from "../wire/fragment";
import { Refusal, Unreachable } from "../wire/send";

export type Spot = { lat: number; lon: number };
export type Hospital = {
  id: string; code: string; name: string; name_en: string; position: Spot; specialities: string[];
  emergency_beds: number; icu_beds: number; ward_beds: number; from_map: boolean; beds_assumed: boolean;
};
export type Station = {
  id: string; name: string; position: Spot; hospital: string | null; als_vans: number; bls_vans: number; motorbikes: number;
};
export type City = {
  id: string; vi: string; en: string; timezone: string; emergency_number: string; country_code: string; shipped: boolean;
};
/** Of a city that comes with Vigil: what its files say, and what in them is an assumption. */
export type KnownHospital = {
  id: string; code: string; name: string; beds: Record<string, { staffed: number; assumed: boolean }>; specialities_assumed: boolean; on_map: boolean;
};
export type KnownStation = { id: string; name: string; assumed: boolean; units: string[]; units_assumed: number; on_map: boolean };
export type Told = {
  stage: "telling" | "drill" | "live";
  city: City | null;
  map: { folder: string; name: string; streets: number; bounds: [number, number, number, number]; found: Hospital[] } | null;
  hospitals: Hospital[];
  stations: Station[];
  second_factor: boolean;
  cities: { id: string; name: { vi: string; en: string } }[];
  reading: { file: string; stage: string; share: number; seconds: number; fault: { vi: string; en: string } | null; busy: boolean } | null;
  known_hospitals: KnownHospital[];
  known_stations: KnownStation[];
  /** Where a city that comes with Vigil is read from, and where a copy of it is read instead. */
  files: { read: string; own: string } | null;
  known_units: string[];
  users: { username: string; role: string; hospital_id: string | null; callsign: string | null }[];
};

const KEPT = "vigil.setup";

/** The key stands behind the # of the address: it is taken from there, and out of the history. */
export function key(): string {
  const said = behindHash(location.hash);
  if (said) sessionStorage.setItem(KEPT, said);
  if (location.hash) history.replaceState(null, "", location.pathname);
  return sessionStorage.getItem(KEPT) ?? "";
}

export function takeKey(said: string): void {
  sessionStorage.setItem(KEPT, said.trim());
}

const headers = () => ({ Authorization: `Bearer ${key()}`, "Accept-Language": language() });

export async function tell(method: string, path = "", said?: unknown): Promise<Told> {
  const answer = await fetch(`/api/v1/setup${path}`, {
    method,
    headers: { ...headers(), ...(said === undefined ? {} : { "Content-Type": "application/json" }) },
    body: said === undefined ? undefined : JSON.stringify(said),
  }).catch(() => null);
  return read(answer?.status ?? 0, await answer?.text().catch(() => ""));
}

/** Sends a file, however large; `sent` hears the share that has gone out, 0 to 1. */
export function send(file: File, area: { middle: string; radius_km: string }, sent: (share: number) => void): Promise<Told> {
  const query = new URLSearchParams({ name: file.name });
  if (area.middle) for (const [name, value] of Object.entries(area)) if (value) query.set(name, value);
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `/api/v1/setup/map/file?${query}`);
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => sent(total ? loaded / total : 0);
    request.onloadend = () => {
      try {
        done(read(request.status, request.responseText));
      } catch (error) {
        fail(error);
      }
    };
    request.send(file);
  });
}

function read(status: number, text: string | undefined): Told {
  if (status === 0 || text === undefined) throw new Unreachable("no answer");
  let told: Record<string, unknown> = {};
  try {
    told = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new Refusal(status, `HTTP ${status}`);
  }
  if (status >= 300) throw new Refusal(status, String(told.detail ?? `HTTP ${status}`), told);
  return told as unknown as Told;
}
