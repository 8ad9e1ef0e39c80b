"""Stands in for systemd-logind on a bus of a test: one session, and signals on request, a word on each line of its input."""

import os
import sys

import dbus
import dbus.lowlevel
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

LOGIN = "org.freedesktop.login1"
PROPERTIES = "org.freedesktop.DBus.Properties"
OWN = "/org/freedesktop/login1/session/_31"
OTHER = "/org/freedesktop/login1/session/c2"


class Session(dbus.service.Object):
    is_locked = False

    @dbus.service.method(PROPERTIES, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return dbus.Boolean(self.is_locked and (interface, name) == (LOGIN + ".Session", "LockedHint"))


class Manager(dbus.service.Object):
    @dbus.service.method(LOGIN + ".Manager", in_signature="s", out_signature="o")
    def GetSession(self, name):
        return dbus.ObjectPath(OWN)


def properties(path, **changed):
    values = dbus.Dictionary({name: dbus.Boolean(value) for name, value in changed.items()}, signature="sv")
    values["IdleSinceHint"] = dbus.UInt64(1)
    return (path, PROPERTIES, "PropertiesChanged", "sa{sv}as", (LOGIN + ".Session", values, dbus.Array([], signature="s")))


SIGNALS = {
    "lock": (OWN, LOGIN + ".Session", "Lock", "", ()),
    "lock-other": (OTHER, LOGIN + ".Session", "Lock", "", ()),
    "locked-hint": properties(OWN, LockedHint=True),
    "unlocked-hint": properties(OWN, LockedHint=False),
    "user-switch": properties(OWN, Active=False),
    "sleep": ("/org/freedesktop/login1", LOGIN + ".Manager", "PrepareForSleep", "b", (True,)),
    "wake": ("/org/freedesktop/login1", LOGIN + ".Manager", "PrepareForSleep", "b", (False,)),
}


def send(connection, word):
    path, interface, member, signature, args = SIGNALS[word]
    message = dbus.lowlevel.SignalMessage(path, interface, member)
    if signature:
        message.append(*args, signature=signature)
    connection.send_message(message)
    connection.flush()


def main():
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    connection = dbus.bus.BusConnection(sys.argv[1])
    name = dbus.service.BusName(LOGIN, connection)
    manager = Manager(connection, "/org/freedesktop/login1")
    session = Session(connection, OWN)
    loop = GLib.MainLoop()

    def read(source, condition):
        # Not by readline, which keeps further lines to itself.
        words = os.read(sys.stdin.fileno(), 4096).decode().split()
        if not words:
            loop.quit()
        for word in words:
            if word == "be-locked":
                session.is_locked = True
                print("locked", flush=True)
            else:
                send(connection, word)
        return bool(words)

    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, read)
    print("ready", flush=True)
    loop.run()
    return name, manager


main()
