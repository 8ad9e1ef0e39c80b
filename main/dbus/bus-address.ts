import path from 'node:path';

/** The variables that say where the buses are. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where the bus of this user's session listens.
 *
 * @returns Path of a socket as `net.connect` takes it; null if it is not said, or not by a socket.
 */
export function sessionBusSocket(environment: Environment): string | null {
  const address = environment['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  if (address !== '') return socketOf(address);
  const folder = environment['XDG_RUNTIME_DIR'] ?? '';
  return folder === '' ? null : path.join(folder, 'bus');
}

/** The same for the bus of the whole system. */
export function systemBusSocket(environment: Environment): string | null {
  const address = environment['DBUS_SYSTEM_BUS_ADDRESS'] ?? '';
  return address === '' ? '/run/dbus/system_bus_socket' : socketOf(address);
}

/** The first socket of an address such as `unix:path=/run/user/1000/bus,guid=…;unix:abstract=…`. */
function socketOf(address: string): string | null {
  for (const place of address.split(';')) {
    const [, kind, value] = /^unix:(?:[^,]*,)*?(path|abstract)=([^,]+)/.exec(place) ?? [];
    if (kind === undefined || value === undefined) continue;
    // D-Bus Specification, "Server Addresses": bytes may be written as %xx.
    const plain = value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return kind === 'abstract' ? `\0${plain}` : plain;
  }
  return null;
}
