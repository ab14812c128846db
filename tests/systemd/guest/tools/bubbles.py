"""A desktop's notification service, as small as it can be: what it is asked to show becomes a line in a file."""

import json
import sys
from pathlib import Path

from jeepney import message_bus, new_method_return
from jeepney.io.blocking import open_dbus_connection
from jeepney.low_level import HeaderFields, MessageType


def serve(file: Path) -> None:
    """Show notifications until the session ends."""
    # The first who calls has systemd start the bus, which takes an emulated machine seconds.
    bus = open_dbus_connection(bus="SESSION", auth_timeout=60)
    bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.Notifications"))
    file.write_text("")
    while True:
        call = bus.receive()
        if call.header.message_type is not MessageType.method_call:
            continue
        match call.header.fields.get(HeaderFields.member):
            case "GetCapabilities":
                bus.send(new_method_return(call, "as", (["body"],)))
            case "Notify":
                app, _, _, title, body = call.body[:5]
                with file.open("a") as lines:
                    lines.write(json.dumps({"app": app, "title": title, "body": body}) + "\n")
                bus.send(new_method_return(call, "u", (1,)))


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
