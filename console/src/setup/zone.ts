/** Browsers say some time zones by names that were given up long ago; the city file has the one in use. */
const RENAMED: Record<string, string> = {
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Europe/Kiev": "Europe/Kyiv",
};

export const zoneInUse = (zone: string): string => RENAMED[zone] ?? zone;
