"""A mail server and an MQTT broker that take one message, and fall silent, refuse or dawdle where a test wants it."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Taken:
    """What a server was asked, and what it has of the message.

    Attributes:
        url: Its Apprise address.
        messages: Those that arrived whole.
    """

    url: str
    messages: list[bytes] = field(default_factory=list)


@contextmanager
def mail_server(
    answers: dict[str, str], *, pause_s: float = 0.0, only: str = "", to: tuple[str, ...] = ("b@example.org",)
) -> Iterator[Taken]:
    """Serve mail for one connection.

    Args:
        answers: What is said to a word ("RCPT", ...), or to the end of a mail (".") in place of yes; "" hangs up, and
            "..." is no answer.
        pause_s: How long each answer takes.
        only: The word to which alone the answer takes so long.
        to: The recipients in its address; all but the last one are told yes.
    """
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = f"127.0.0.1:{listener.getsockname()[1]}"
        taken = Taken(f"mailto://{place}?from=a@example.org&to={','.join(to)}&mode=insecure&smtp=127.0.0.1")

        def say(connection: socket.socket, word: str, usual: str) -> str:
            said = answers.get(word, usual) if len(taken.messages) >= len(to) - 1 else usual
            if only in ("", word):
                over.wait(pause_s)
            if said == "...":
                over.wait()
            if said and not over.is_set():
                connection.sendall(said.encode() + b"\r\n")
            return said

        def serve() -> None:
            connection, _ = listener.accept()
            with contextlib.suppress(OSError), connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 here\r\n")
                for line in lines:
                    word = line[:4].upper().decode()
                    said = say(connection, word, "354 go on" if word == "DATA" else "250 yes")
                    if not said or over.is_set():
                        return
                    if said.startswith("354"):
                        taken.messages.append(b"".join(iter(lines.readline, b".\r\n")))
                        if not say(connection, ".", "250 taken"):
                            return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield taken
        over.set()
        thread.join(10)


@contextmanager
def broker(
    at_connect: bytes = b"\x20\x02\x00\x00", at_publish: str = "ack", *, pause_s: float = 0.0
) -> Iterator[Taken]:
    """Serve MQTT.

    Args:
        at_connect: The answer to who connects; by default it is let in.
        at_publish: What follows a message: "ack", "silence" or "end" of the connection.
        pause_s: How long that takes.
    """
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = Taken(f"mqtt://127.0.0.1:{listener.getsockname()[1]}/anna/herstel")

        def packets(connection: socket.socket) -> Iterator[tuple[int, bytes]]:
            with connection.makefile("rb") as stream:
                while head := stream.read(1):
                    length, shift = 0, 0
                    while True:
                        (part,) = stream.read(1)
                        length, shift = length | (part & 127) << shift, shift + 7
                        if part < 128:
                            break
                    yield head[0] & 0xF0, stream.read(length)

        def serve(connection: socket.socket) -> None:
            with contextlib.suppress(OSError, ValueError), connection:
                for kind, content in packets(connection):
                    if kind == 0x10:
                        connection.sendall(at_connect)
                        if at_connect[-1:] != b"\x00":
                            return
                    elif kind == 0x30:
                        taken.messages.append(content)
                        over.wait(pause_s)
                        if at_publish == "end":
                            return
                        if at_publish == "ack":
                            topic_ends = 2 + int.from_bytes(content[:2], "big")
                            connection.sendall(b"\x40\x02" + content[topic_ends : topic_ends + 2])

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=serve, args=(connection,), daemon=True).start()

        threading.Thread(target=listen, daemon=True).start()
        yield taken
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
