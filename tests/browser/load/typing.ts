/** Somebody who never stops typing, and looks whether every letter stands there. */
import type { Page } from "playwright-core";

const BETWEEN_MS = 80; // a quick typist
const SAID = "Bệnh nhân nam 54 tuổi, đau ngực 30 phút, vã mồ hôi, khó thở, tiền sử tăng huyết áp ";

export class Typist {
  typed = 0;
  readonly lost: string[] = [];

  constructor(private page: Page, private fields: string[]) {}

  async typeUntil(end: number): Promise<void> {
    for (let turn = 0; Date.now() < end; turn += 1) {
      const field = this.page.locator(this.fields[turn % this.fields.length]!).first();
      await field.fill("");
      await field.focus();
      await this.page.keyboard.type(SAID, { delay: BETWEEN_MS });
      this.typed += SAID.length;
      const stands = await field.inputValue();
      if (stands !== SAID) this.lost.push(stands);
    }
  }
}
