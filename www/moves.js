// What a key or a button of the transport does to the player.

/** @import { Move } from "./keys.js" */
/** @import { Player } from "./player.js" */

/** @type {Record<Move | "play" | "halt", (player: Player) => Promise<unknown>>} */
const MOVES = {
  next: (player) => player.next(),
  back: (player) => player.previous(),
  nextTurn: (player) => player.next(true),
  backTurn: (player) => player.previous(true),
  step: (player) => player.go(["step"]),
  stepBack: (player) => player.go(["stepBack"]),
  first: (player) => player.first(),
  last: (player) => player.last(),
  toggle,
  play: toggle,
  halt: toggle,
};

/** @param {Player} player @param {Move | "play" | "halt"} move */
export function move(player, move) {
  return MOVES[move](player);
}

/** @param {Player} player */
async function toggle(player) {
  const { frame } = player;
  if (player.playing) player.halt();
  else if (frame?.pause?.kind === "invite") await leave(player);
  else if (frame?.pause) await proceed(player);
  else player.play();
}

/**
 * Goes on past the line at which the story waits, up to the next one.
 * @param {Player} player
 * @param {number} [answer]
 */
export async function proceed(player, answer) {
  const looksBack = player.frame?.pause?.does === "back";
  await player.turn(["proceed", answer === undefined ? [] : [answer]]);
  if (!player.frame?.pause && !looksBack) player.play();
}

/** Lets time pass without the story. @param {Player} player */
async function leave(player) {
  await player.turn(["leave"]);
  player.play();
}
