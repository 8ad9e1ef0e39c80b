import { encodeBody, encodeText } from '../../main/credentials/body';
import { type Overview, encodeOverview } from '../../main/credentials/overview';

/** A record as the vault takes it. */
export interface MadeRecord {
  readonly overview: Uint8Array;
  readonly body: Uint8Array;
}

const hosts = ['Web server', 'Database', 'Bastion', 'Build agent', 'Mail relay', 'Cache', 'Queue worker', 'Gateway'];
const stages = ['production', 'staging', 'test', 'development'];
const teams = ['payments', 'search', 'platform', 'analytics', 'mobile', 'support', 'research'];
const regions = ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2', 'ap-southeast-2', 'sa-east-1'];
const firstMs = Date.UTC(2024, 0, 1);
const keyBytes = 1700;
/** One in this many has a private key of 1.7 kB; the others have the size of a password or a short key. */
const keyEvery = 20;

/**
 * A record like a real one: about 250 bytes of text, half of it in what lists show, and for one in twenty a key of 1.7 kB.
 *
 * @param n - Decides everything about it, so that two runs have the same records.
 */
export function makeRecord(n: number): MadeRecord {
  const pick = (list: readonly string[], salt: number): string =>
    list[((Math.imul(n + 1, 0x9e3779b1) >>> 0) >>> salt) % list.length] ?? '';
  const [host, stage, team, region] = [pick(hosts, 3), pick(stages, 7), pick(teams, 11), pick(regions, 15)];
  const number = String(Math.imul(n, 7919) % 1_000_000).replace('-', '');
  const keyName = `${host.toLowerCase().replace(' ', '-')}-${number}`;
  const timeMs = firstMs + ((Math.imul(n, 0x85ebca6b) >>> 0) % 60_000_000) * 1000;
  const overview: Overview = {
    kind: 'key-pair',
    title: `${host} ${stage} ${number}`,
    tags: [stage, team],
    isFavourite: n % 50 === 0,
    subtitle: `RSA 2048 · ${keyName} · ${region}`,
    createdAtMs: timeMs,
    updatedAtMs: timeMs + n,
    trashedAtMs: n % 100 === 7 ? timeMs : null,
    links: {},
    marks: [],
    unknownMembers: {},
  };
  const texts = {
    keyName,
    region,
    algorithm: 'RSA 2048',
    notes: `Rotated each quarter. Ask the ${team} team before use; the change must be in the calendar of ${region} for a day.`,
  };
  const body = new Map(Object.entries(texts).map(([name, text]) => [name, encodeText(text)]));
  body.set('privateKey', new Uint8Array(n % keyEvery === 0 ? keyBytes : 48).fill(n));
  return { overview: encodeOverview(overview), body: encodeBody(body) };
}

/** What people type, letter by letter: words of the records, numbers, two words, and what is not there. */
export function makeQueries(): string[] {
  const typed = [
    'production',
    'payments',
    'eu-west-1',
    'web server 79',
    'bastion staging',
    '791',
    'rsa',
    'nothing here',
  ];
  const partly = typed.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)));
  const whole = Array.from({ length: 60 }, (_, n) => [
    `${n * 17}`,
    `database ${n}`,
    `${teams[n % 7] ?? ''} ${n}`,
  ]).flat();
  return [...partly, ...whole];
}
