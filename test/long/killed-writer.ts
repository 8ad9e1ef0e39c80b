import { writeSync } from 'node:fs';
import { bytesOf, unlockSmall } from '../support/small-vault';
import { operationAt } from './kills-operations';

// Writes to a vault until it is killed, and says on standard output which step is on disk.
const [, , file = '', firstStep = '0'] = process.argv;
const vault = await unlockSmall(file);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const ids = new Map([...vault.overviews()].map(({ id, overview }) => [textOf(overview), id]));
const stepOf = (title: string) => Number(title.split(' ')[1]);
for (let n = Number(firstStep); ; n++) {
  const titles = [...ids.keys()].sort((a, b) => stepOf(a) - stepOf(b));
  const operation = operationAt(n, titles);
  if (operation.kind === 'remove') {
    vault.remove(ids.get(operation.title) ?? '');
    ids.delete(operation.title);
  } else {
    const id = ids.get(operation.title) ?? null;
    const saved = vault.save({ id, overview: bytesOf(operation.title), body: bytesOf(operation.body) });
    ids.set(operation.title, saved);
  }
  writeSync(1, `${n}\n`);
}
