import { busName } from './bus-connection';
import type { BusMessage } from './message';

/** Match rule by which the bus tells when a name gets another owner. */
export function ownerChangedRule(name: string): string {
  return `type='signal',sender='${busName}',interface='${busName}',member='NameOwnerChanged',arg0='${name}'`;
}

/**
 * Who has a name from now on.
 *
 * @returns Unique name of a connection, empty if it is nobody; null for a signal that does not say so, or not by the bus itself.
 */
export function newOwnerOf(name: string, { sender, interface: from, member, body }: BusMessage): string | null {
  const [changed, , owner] = body;
  if (sender !== busName || from !== busName || member !== 'NameOwnerChanged' || changed !== name) return null;
  return typeof owner === 'string' ? owner : null;
}
