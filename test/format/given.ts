import type { GoldenWay } from '../vaults/golden-secrets';
import type { Given } from './way-in';

const bytesOrNull = (hex: string | null | undefined) => (typeof hex === 'string' ? Buffer.from(hex, 'hex') : null);

/** What somebody with these secrets gives. */
export const givenOf = (way: GoldenWay, atMs: number): Given => ({
  ...{ password: way.password, code: way.totp?.code ?? null, recoveryCode: way.recoveryCode, atMs },
  keyFile: bytesOrNull(way.keyFile),
  prfOutput: bytesOrNull(way.securityKey?.prfOutput),
  computerSecret: bytesOrNull(way.computerSecret),
});
