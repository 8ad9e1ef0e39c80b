import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PlaceKeeper, placeOnScreen } from '../../main/desktop/window-place';
import type { WindowPlace } from '../../main/files/preferences';

const screenOne = { x: 0, y: 30, width: 1920, height: 1050 };
const screenTwo = { x: 1920, y: 0, width: 1280, height: 1024 };
const screens = [screenOne, screenTwo];
const at = (place: Partial<WindowPlace>): WindowPlace => ({
  ...{ x: 100, y: 100, width: 1000, height: 700, isMaximised: false },
  ...place,
});
const centred = { width: 1000, height: 700, isMaximised: false };

describe('the place of the window', () => {
  test('is the one it had, on any of the screens', () => {
    for (const place of [at({}), at({ x: 2000, y: 5 }), at({ isMaximised: true })]) {
      expect(placeOnScreen(place, screens)).toEqual(place);
    }
  });

  test('is the one it had where some of its top can be taken hold of', () => {
    for (const place of [at({ x: -880 }), at({ x: 3080 }), at({ x: 1500, y: 30 }), at({ y: 1040 })]) {
      const { x, y } = placeOnScreen(place, screens);
      expect([x, y], JSON.stringify(place)).toEqual(place.y === 1040 ? [place.x, place.y] : [place.x, place.y]);
    }
  });

  test.each([
    ['left of all screens', { x: -881 }],
    ['right of all screens', { x: 3081 }],
    ['its top above the screen', { y: 29 }],
    ['its top below the screen', { y: 1049 }],
    ['on a screen that is gone', { x: 4000, y: 200 }],
    ['nowhere', { x: Number.MAX_SAFE_INTEGER, y: Number.MIN_SAFE_INTEGER }],
  ])('is the middle of a screen if it was %s', (_, place) => {
    expect(placeOnScreen(at(place), screens)).toEqual(centred);
    expect(placeOnScreen(at({ ...place, isMaximised: true }), screens)).toEqual({ ...centred, isMaximised: true });
  });

  test('is no larger than the screen and no smaller than the page can be', () => {
    expect(placeOnScreen(at({ width: 5000, height: 4000 }), screens)).toMatchObject({ width: 1920, height: 1050 });
    expect(placeOnScreen(at({ width: 1, height: -5 }), screens)).toMatchObject({ width: 720, height: 480 });
    expect(placeOnScreen(null, [{ x: 0, y: 0, width: 1024, height: 600 }])).toEqual({
      ...{ width: 1024, height: 600, isMaximised: false },
    });
  });

  test('is left to the system at the first start, and where the screens are not known', () => {
    expect(placeOnScreen(null, screens)).toEqual({ width: 1280, height: 800, isMaximised: false });
    expect(placeOnScreen(at({}), [])).toEqual(centred);
  });
});

describe('keeping the place', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function setUp() {
    const kept: WindowPlace[] = [];
    let place = at({});
    const keeper = new PlaceKeeper((now) => kept.push(now));
    const moveTo = (x: number) => {
      place = at({ x });
      keeper.note(() => place);
    };
    return { kept, keeper, moveTo };
  }

  test('writes at most once a second while the window moves, and the last place for certain', () => {
    const { kept, moveTo } = setUp();
    for (let x = 0; x < 25; x++) {
      moveTo(x);
      vi.advanceTimersByTime(100);
    }
    vi.advanceTimersByTime(5000);
    expect(kept.map(({ x }) => x)).toEqual([9, 19, 24]);
  });

  test('writes at once when the window closes, once', () => {
    const { kept, keeper, moveTo } = setUp();
    moveTo(7);
    keeper.flush();
    keeper.flush();
    vi.advanceTimersByTime(5000);
    expect(kept.map(({ x }) => x)).toEqual([7]);
  });
});
