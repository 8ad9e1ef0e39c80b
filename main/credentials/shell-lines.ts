/** Shells for which lines that set environment variables are written. */
export type Shell = 'sh' | 'powershell' | 'fish';

type Escape = (bytes: Uint8Array, at: number) => { readonly take: number; readonly give: readonly number[] };

const apostrophe = 0x27;
const backslash = 0x5c;

const shells: Readonly<Record<Shell, { readonly before: string; readonly between: string; readonly escape: Escape }>> =
  {
    // POSIX.1-2024, XCU 2.2.2: nothing is special between apostrophes but the apostrophe.
    sh: {
      before: 'export ',
      between: '=',
      escape: (bytes, at) =>
        bytes[at] === apostrophe ? { take: 1, give: [apostrophe, backslash, apostrophe, apostrophe] } : same(bytes, at),
    },
    // PowerShell, about_Quoting_Rules; its tokenizer takes U+2018 to U+201B for apostrophes too. Each is doubled.
    powershell: {
      before: '$Env:',
      between: ' = ',
      escape: (bytes, at) => {
        if (bytes[at] === apostrophe) return { take: 1, give: [apostrophe, apostrophe] };
        const third = bytes[at + 2] ?? 0;
        const isCurly = bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && third >= 0x98 && third <= 0x9b;
        return isCurly ? { take: 3, give: [0xe2, 0x80, third, 0xe2, 0x80, third] } : same(bytes, at);
      },
    },
    // fish, "Quotes": between apostrophes \' and \\ are the only escapes.
    fish: {
      before: 'set -gx ',
      between: ' ',
      escape: (bytes, at) => {
        const byte = bytes[at] ?? 0;
        return byte === apostrophe || byte === backslash ? { take: 1, give: [backslash, byte] } : same(bytes, at);
      },
    },
  };

/**
 * Lines that set environment variables in a shell.
 *
 * @param variables - Names are letters, digits and `_`. Values are any UTF-8 without NUL, and stay the caller's.
 * @returns One line each, with LF, in an array of its own; it holds secrets and the caller wipes it.
 */
export function shellLines(shell: Shell, variables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const { before, between, escape } = shells[shell];
  // Each byte becomes at most four; the rest of the array stays zero and is cut off without a copy being left.
  const room = variables.reduce((sum, [name, value]) => sum + name.length + 4 * value.length + 16, 0);
  const lines = new Uint8Array(room);
  let length = 0;
  const put = (bytes: Iterable<number>) => {
    for (const byte of bytes) lines[length++] = byte;
  };
  for (const [name, value] of variables) {
    put(Buffer.from(`${before}${name}${between}'`));
    for (let at = 0; at < value.length;) {
      const { take, give } = escape(value, at);
      put(give);
      at += take;
    }
    put(Buffer.from("'\n"));
  }
  const result = lines.slice(0, length);
  lines.fill(0);
  return result;
}

function same(bytes: Uint8Array, at: number) {
  return { take: 1, give: [bytes[at] ?? 0] };
}
