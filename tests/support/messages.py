"""Messages for the outbox, as short as a test wants them."""

from datetime import datetime

from hersteld.daemon.outbox.rows import OutboxMessage
from hersteld.recovery.messages.draft import MessageKind, ToldReadiness


def a_message(
    rule: str,
    title: str,
    body: str,
    due_at: datetime,
    expires_at: datetime,
    disclaims: bool = False,
    unless_sent: tuple[str, ...] = (),
    told: ToldReadiness | None = None,
) -> OutboxMessage:
    """Return a message of the kind that its rule begins with, or a first one."""
    word = rule.partition("_")[0]
    kind = MessageKind(word) if word in {str(kind) for kind in MessageKind} else MessageKind.FIRST
    return OutboxMessage(
        kind=kind,
        rule=rule,
        title=title,
        body=body,
        due_at=due_at,
        expires_at=expires_at,
        disclaims=disclaims,
        unless_sent=unless_sent,
        told=told,
    )
