/** What a browser calls itself, as a person would: "Chrome, Windows". Programs keep the first word they say. */
const BROWSERS: [RegExp, string][] = [
  [/Edg\//, "Edge"], [/OPR\//, "Opera"], [/SamsungBrowser\//, "Samsung Internet"], [/CocCoc|coc_coc/i, "Cốc Cốc"], [/Firefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"], [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/Android/, "Android"], [/iPhone|iPad/, "iOS"], [/Windows/, "Windows"], [/Mac OS X/, "macOS"], [/Linux|X11/, "Linux"],
];

export function device(agent: string): string {
  const first = (known: [RegExp, string][]) => known.find(([sign]) => sign.test(agent))?.[1];
  const browser = first(BROWSERS);
  if (!browser) return agent.split(/[\s/]/, 1)[0] ?? "";
  return [browser, first(SYSTEMS)].filter(Boolean).join(", ");
}
