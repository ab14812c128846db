"""What has changed since the service last ran, and what follows before anything is taken in or sent?"""

import logging
from collections.abc import Sequence
from datetime import datetime

from hersteld.config.texts.speech import say
from hersteld.daemon.database.connection import Store
from hersteld.daemon.ingest.one_file import Ingest
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.outbox.readdress import readdress

log = logging.getLogger(__name__)


def catch_up(store: Store, ingest: Ingest, targets: Sequence[str], *, now: datetime) -> None:
    """Put right what a crash left, and let what is stored and what waits follow the targets and settings of today.

    What takes long is only marked: the main loop does it, a little at a time.

    Args:
        targets: Names of the receivers.
    """
    if again := Outbox(store).recover(now=now):
        log.info(say("service.sent_again", count=again))
    ingest.judge_scale_users()  # before all is counted: the configuration may name another body mass
    if ingest.reassessment.check_settings():
        count = ingest.reassessment.count_marked()
        if count:
            log.info(say("service.settings_changed", count=count))
    if ingest.reassessment.check_wording():
        ingest.backlog.revise_digests()
    readdress(store, targets, now=now)
