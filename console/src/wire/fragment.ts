/** What stands behind the # of an address, where a page carries a secret; "" where no header could carry it. */
export function behindHash(hash: string): string {
  try {
    const said = decodeURIComponent(hash.replace(/^#/, "")).trim();
    return /^[\x21-\x7e]*$/.test(said) ? said : "";
  } catch {
    return ""; // "%zz": an address that was cut off or copied wrongly
  }
}
