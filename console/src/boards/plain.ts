/** Letters without their marks, so that "cho ray" finds "Chợ Rẫy". */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();
}
