"""A notification server of the desktop that shows nothing: each one that it gets is a line of JSON."""
import json

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = 'org.freedesktop.Notifications'


class Desk(dbus.service.Object):
    @dbus.service.method(NAME, in_signature='susssasa{sv}i', out_signature='u')
    def Notify(self, app, replaces, icon, summary, body, actions, hints, timeout):
        print(json.dumps({'summary': summary, 'body': body}), flush=True)
        return 1

    @dbus.service.method(NAME, in_signature='u', out_signature='')
    def CloseNotification(self, number):
        pass

    @dbus.service.method(NAME, in_signature='', out_signature='as')
    def GetCapabilities(self):
        return ['body', 'actions']

    @dbus.service.method(NAME, in_signature='', out_signature='ssss')
    def GetServerInformation(self):
        return ('desk', 'tests', '1', '1.2')


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName(NAME, bus)
desk = Desk(bus, '/org/freedesktop/Notifications')
print('ready', flush=True)
GLib.MainLoop().run()
