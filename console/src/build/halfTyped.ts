/** What a reload would take away: fields that somebody wrote in, and forms that say so themselves. */
const touched = new Set<HTMLInputElement | HTMLTextAreaElement>();

/** Intake and command line come back after a reload; they carry this mark. */
const KEPT = "[data-kept]";
/** Forms whose numbers are set by buttons carry this one while they are not saved. */
const UNSAVED = "[data-unsaved=true]";

export function watchTyping(): void {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) touched.add(target);
  }, true);
}

export function halfTyped(): boolean {
  for (const field of touched) if (!field.isConnected) touched.delete(field);
  const written = [...touched].some((field) => field.value.trim() !== "" && !field.closest(KEPT));
  return written || document.querySelector(UNSAVED) !== null;
}
