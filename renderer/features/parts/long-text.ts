/** Far more than there is room for, with and without places to break. */
export const longText = `A name that is much longer than there is room for ${'x'.repeat(90)} and goes on after it`;
