// Notices that somebody is reading: before that, a page that opened by itself plays by itself and asks for nothing more.

/** What a reader does to the page. */
const DEEDS = ["pointerdown", "keydown", "change"];
/** What comes before that: a reader is here, and may do something soon. */
const SIGNS = ["pointermove", "focusin", ...DEEDS];

export class Reader {
  /** @param {() => void} onsign told of the first sign of a reader */
  constructor(onsign) {
    this.onsign = onsign;
    this.here = false;
    /** True once the reader has done anything. */
    this.acted = false;
  }

  heed() {
    for (const sign of SIGNS) addEventListener(sign, this.on, { capture: true, passive: true });
  }

  leave() {
    for (const sign of SIGNS) removeEventListener(sign, this.on, { capture: true });
  }

  /** @param {Event} event */
  on = ({ type }) => {
    if (!this.here) this.onsign();
    this.here = true;
    this.acted = DEEDS.includes(type);
    if (this.acted) this.leave();
  };
}
