import type { WindowPlace } from '../files/preferences';

/** A part of the desktop, in the system's own units. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a window goes. Without `x` and `y` the system centres it. */
export interface ChosenPlace {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly isMaximised: boolean;
}

/** The smallest that the window gets. */
export const minSize = { width: 720, height: 480 } as const;
const firstSize = { width: 1280, height: 800 };
/** What must be on a screen of the strip at a window's top, so that it can be seen and taken hold of. */
const grip = { height: 32, width: 120 };
const keepEveryMs = 1000;

/**
 * Where to open the window: where it was, if its top can be taken hold of on a screen that is there now; else in the middle, as
 * large as it was and as the screen allows.
 *
 * @param saved - Null for a first start.
 * @param workAreas - Of each screen, the main one first; none if that is not known.
 */
export function placeOnScreen(saved: WindowPlace | null, workAreas: readonly Area[]): ChosenPlace {
  const isMaximised = saved?.isMaximised ?? false;
  const wanted = saved ?? firstSize;
  const home = saved === null ? undefined : workAreas.find((area) => hasGrip(saved, area));
  const size = fitSize(wanted, home ?? workAreas[0]);
  return saved !== null && home !== undefined
    ? { x: saved.x, y: saved.y, ...size, isMaximised }
    : { ...size, isMaximised };
}

/** Keeps where the window is while it is moved: at most once a second, and the last place for certain. */
export class PlaceKeeper {
  readonly #keep: (place: WindowPlace) => void;
  #waiting: (() => WindowPlace) | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** @param keep - Writes it down. */
  constructor(keep: (place: WindowPlace) => void) {
    this.#keep = keep;
  }

  /**
   * The window is moving.
   *
   * @param place - Looks where it is when that is written.
   */
  note(place: () => WindowPlace): void {
    this.#waiting = place;
    this.#timer ??= setTimeout(() => this.flush(), keepEveryMs);
  }

  /** Keeps now what waits. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const place = this.#waiting;
    this.#waiting = null;
    if (place !== null) this.#keep(place());
  }
}

function hasGrip({ x, y, width }: Area, area: Area): boolean {
  const shownWidth = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  const isTopShown = y >= area.y && y + grip.height <= area.y + area.height;
  return isTopShown && shownWidth >= grip.width;
}

function fitSize({ width, height }: { width: number; height: number }, area: Area | undefined) {
  return {
    width: Math.max(minSize.width, Math.min(width, area?.width ?? width)),
    height: Math.max(minSize.height, Math.min(height, area?.height ?? height)),
  };
}
