#!/usr/bin/python3
"""What a desktop's panel does for tray icons: owns org.kde.StatusNotifierWatcher on the session bus and keeps a list of who
registered. Says READY once it has the name. With an argument it looks at the registered icons instead, and ends:

  layout            the menu of the first icon as JSON: [{id, label, enabled, children}]
  click ID          a click on an entry of that menu
  icon              size of each picture of the icon, a digest of the first, and its tooltip, as JSON
"""
import hashlib
import json
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = 'org.kde.StatusNotifierWatcher'
PATH = '/StatusNotifierWatcher'


class Watcher(dbus.service.Object):
    def __init__(self, bus):
        super().__init__(bus, PATH)
        self.bus = bus
        self.items = []

    @dbus.service.method(NAME, in_signature='s', sender_keyword='sender')
    def RegisterStatusNotifierItem(self, service, sender=None):
        item = sender + service if service.startswith('/') else service + '/StatusNotifierItem'
        self.items.append(item)
        owner = item.split('/')[0]

        def gone(now):
            if now == '' and item in self.items:
                self.items.remove(item)

        self.bus.watch_name_owner(owner, gone)
        self.StatusNotifierItemRegistered(item)

    @dbus.service.method(NAME, in_signature='s')
    def RegisterStatusNotifierHost(self, service):
        pass

    @dbus.service.signal(NAME, signature='s')
    def StatusNotifierItemRegistered(self, item):
        pass

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature='ss', out_signature='v')
    def Get(self, interface, name):
        return self.GetAll(interface)[name]

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature='s', out_signature='a{sv}')
    def GetAll(self, interface):
        return {
            'RegisteredStatusNotifierItems': dbus.Array(self.items, signature='s'),
            'IsStatusNotifierHostRegistered': True,
            'ProtocolVersion': dbus.Int32(0),
        }


def watch():
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    bus = dbus.SessionBus()
    name = dbus.service.BusName(NAME, bus, do_not_queue=True)
    watcher = Watcher(bus)
    print('READY', flush=True)
    GLib.MainLoop().run()
    return name, watcher


def first_item(bus):
    watcher = dbus.Interface(bus.get_object(NAME, PATH), dbus.PROPERTIES_IFACE)
    items = watcher.Get(NAME, 'RegisteredStatusNotifierItems')
    if len(items) == 0:
        return None
    service, _, path = str(items[-1]).partition('/')
    return service, bus.get_object(service, '/' + path)


def property_of(item, name):
    return dbus.Interface(item, dbus.PROPERTIES_IFACE).Get('org.kde.StatusNotifierItem', name)


def menu_of(bus):
    found = first_item(bus)
    if found is None:
        return None
    service, item = found
    return dbus.Interface(bus.get_object(service, property_of(item, 'Menu')), 'com.canonical.dbusmenu')


def entry(node):
    number, properties, children = node
    return {
        'id': int(number),
        'label': str(properties.get('label', '')),
        'enabled': bool(properties.get('enabled', True)),
        'separator': str(properties.get('type', '')) == 'separator',
        'children': [entry(child) for child in children],
    }


def main(arguments):
    if not arguments:
        watch()
        return
    bus = dbus.SessionBus()
    if arguments[0] == 'icon':
        found = first_item(bus)
        pictures = [] if found is None else property_of(found[1], 'IconPixmap')
        sizes = [[int(width), int(height)] for width, height, _ in pictures]
        digest = hashlib.sha256(bytes(pictures[0][2])).hexdigest() if pictures else ''
        tip = '' if found is None else str(property_of(found[1], 'ToolTip')[2])
        print(json.dumps({'sizes': sizes, 'digest': digest, 'tip': tip}))
        return
    menu = menu_of(bus)
    if menu is None:
        print('null')
    elif arguments[0] == 'layout':
        _, root = menu.GetLayout(0, -1, dbus.Array([], signature='s'))
        print(json.dumps(entry(root)['children']))
    elif arguments[0] == 'click':
        menu.Event(int(arguments[1]), 'clicked', dbus.Int32(0, variant_level=1), dbus.UInt32(0))


main(sys.argv[1:])
