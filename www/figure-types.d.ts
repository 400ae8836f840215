// What a page that holds a <consensus-playground> can ask of it. The element has the engine's methods, asynchronously.

import type { Caption, Info, Pause, Run, Violation } from "./engine-types";
import type { ConsensusPlayground } from "./figure.js";

export type Asked = {
  [Method in Exclude<keyof Run, "free" | "frameText">]: (...args: Parameters<Run[Method]>) => Promise<ReturnType<Run[Method]>>;
};

export interface FigureEvents {
  /** A scenario was opened. */
  open: CustomEvent<Info>;
  /** The cursor has come to another moment. */
  moment: CustomEvent<Caption>;
  /** The scenario waits for its reader. */
  pause: CustomEvent<Pause>;
  /** A promise is broken. */
  violation: CustomEvent<Violation>;
  /** Something could not be done; the figure says so, too. */
  failure: CustomEvent<{ message: string }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "consensus-playground": ConsensusPlayground & Asked;
  }
}
