// Draws once a frame of the screen while there is something new, and lets the player's time pass meanwhile.

/** @import { Player } from "./player.js" */

export class Ticker {
  /**
   * @param {Player} player
   * @param {(now: number) => void} draw
   * @param {(error: unknown) => void} onerror told when the run could not go on
   */
  constructor(player, draw, onerror) {
    this.player = player;
    this.draw = draw;
    this.onerror = onerror;
    this.waiting = false;
    this.last = 0;
  }

  soon() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame((now) => {
      this.waiting = false;
      this.draw(now);
      if (this.player.moving) {
        this.player.tick(now - this.last).catch(this.onerror);
        this.soon();
      }
      this.last = now;
    });
  }
}
