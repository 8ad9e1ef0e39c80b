import type * as z from 'zod';

/** Windows of the app; each channel says which of them may call it. */
export type WindowName = 'main' | 'security-key' | 'sheet' | 'quick-access';

/** `ways`: the vault is unlocked, or opened by the recovery code and waiting for new ways in. */
export type Needs = 'nothing' | 'ways' | 'unlocked';

/** One request: input and output schema, what state it needs, and who may call it. */
export interface RequestSpec<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
  readonly needs: Needs;
  readonly windows: readonly WindowName[];
}

/** A request that the app's window may send at any time. */
export function always<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output, needs: 'nothing', windows: ['main'] } as const;
}

/** A request that needs an unlocked vault. */
export function unlocked<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output, needs: 'unlocked', windows: ['main'] } as const;
}

/** A request that changes the ways in: the vault is unlocked, or waits for new ways in. */
export function changingWays<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output, needs: 'ways', windows: ['main'] } as const;
}

/** A request that only a window with one purpose may send. */
export function inWindow<W extends WindowName, I extends z.ZodType, O extends z.ZodType>(
  window: W,
  input: I,
  output: O,
) {
  return { input, output, needs: 'nothing', windows: [window] } as const;
}
