// The runs that the figures speak of.

/** How many events the run has in which the reader jumps about. */
export const EVENTS = 200_000;

/** Five servers, 10 to 15 ms from one to another, a command every 100 ms as far as one text may reach. */
export function busy(commands = 8_000) {
  const asks = Array.from({ length: commands }, (_, n) => `submit c1 set k${n % 8}=v${n % 8}\nrun 100ms\n`);
  return `consensus 1\nprotocol raft\nservers 5\nnetwork latency 10ms..15ms\nat 1s\n${asks.join("")}`;
}

/** Five servers that a client keeps busy, and where a reader begins to play: commands before and after. */
export const PLAYING_FROM = 2_500_000;

export function playing() {
  const asks = Array.from({ length: 100 }, (_, n) => `submit c1 set k${n % 8}=v${n}\nrun 100ms\n`);
  return `consensus 1\nprotocol raft\nservers 5\nat 600ms\n${asks.join("")}`;
}

/** When nine servers have twenty entries each, and the eight that do not lead all stand for election. */
export const CROWDED_AT = 4_000_000;
export const CROWD = 60;

export function crowded() {
  const asks = Array.from({ length: 20 }, (_, n) => `submit c1 set k${n}=v${n}\nrun 100ms\n`);
  const fires = Array.from({ length: 9 }, (_, n) => `try fire n${n + 1} election\n`);
  return `consensus 1\nprotocol raft\nservers 9\nat 2s\n${asks.join("")}${fires.join("")}`;
}
