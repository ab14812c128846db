"""Which receivers get a picture, held against the plugins of the installed Apprise."""

import json
from pathlib import Path
from typing import Any

import pytest
import requests
from apprise import plugins as apprise_plugins
from apprise.plugins.base import NotifyBase

from hersteld.daemon.delivery.apprise_service import service_of
from hersteld.daemon.delivery.pictures.attached import attachment_of, drawn
from hersteld.daemon.delivery.pictures.ways import (
    AFTER_WORDS,
    NEVER,
    ONLY_IF_ASKED,
    WITH_WORDS,
    Way,
    name_of,
    way_of,
    words_beside_picture,
)
from tests.support.card.samples import ride
from tests.support.pictures.recording import SIGN

ID = "1234567890"


def plugin_of(address: str) -> NotifyBase:
    service = service_of(address)
    assert service is not None, address
    return service[0]


def test_each_plugin_that_takes_attachments_is_in_the_table_once() -> None:
    takes = {
        source.parent.name if source.parent.name in ("email", "matrix", "nostr") else source.stem
        for folder in map(Path, apprise_plugins.__path__)
        for source in folder.rglob("*.py")
        if "\n    attachment_support = True" in source.read_text("utf-8")
    }
    assert len(takes) > 30
    known = WITH_WORDS | AFTER_WORDS | NEVER
    assert takes <= known, "read in its source how it sends words and a picture"
    assert len(known) == len(WITH_WORDS) + len(AFTER_WORDS) + len(NEVER)
    assert ONLY_IF_ASKED <= WITH_WORDS


ADDRESSES = {
    "ntfy": "ntfy://example.org/anna",
    "pushover": f"pover://{'u' * 30}@{'t' * 30}",
    "telegram": "tgram://123456789:abcdefg_hijklmnop/12315544/",
    "signal_api": "signal://example.org/+15551231234/+15551231235",
    "pushsafer": "psafer://abcdefghij",
    "webexteams": f"wxteams://{'a' * 90}/{'Y2lzY29zcGFyazov' * 5}?mode=bot",
    "custom_json": "json://example.org",
    "custom_xml": "xml://example.org",
    "custom_form": "form://example.org",
    "apprise_api": f"apprise://example.org/{'a' * 32}",
    "mailgun": f"mailgun://user@example.org/{'a' * 32}-{'b' * 8}-{'c' * 8}/anna@example.org",
    "sendgrid": "sendgrid://abcd123:user@example.org/anna@example.org",
    "smtp2go": f"smtp2go://user@example.org/{'a' * 32}/anna@example.org",
    "sparkpost": f"sparkpost://user@example.org/{'a' * 32}/anna@example.org",
    "resend": "resend://abcd123:user@example.org/anna@example.org",
    "brevo": "brevo://abcd123:user@example.org/anna@example.org",
    "mattermost": f"mmost://example.org/{'t' * 26}?mode=bot&to=%2B{'c' * 26}",
    "discord": f"discord://{ID}/{'a' * 40}",
    "slack": f"slack://bot@xoxb-{ID}-{ID}-4ddbc191d40ee098cbaae6f3523ada2d/#general",
    "matrix": "matrix://u:p@example.org/!room:x?v=2&e2ee=no",
    "pushbullet": "pbul://accesstoken",
}
"""One of each service that can be tried without its server."""


@pytest.mark.parametrize(("name", "address"), ADDRESSES.items(), ids=ADDRESSES)
def test_words_leave_before_a_picture_only_where_the_table_says_so(
    name: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked of the plugin itself, which sends to a server that takes all and answers with all that is asked for."""
    plugin, png = plugin_of(address), drawn(ride("en"))
    assert png is not None
    assert name_of(plugin) == name
    sent: list[bytes] = []

    def take(_session: object, request: requests.PreparedRequest, **_options: object) -> requests.Response:
        body: Any = request.body or b""
        whole = body.read() if hasattr(body, "read") else body.encode() if isinstance(body, str) else body
        sent.append(f"{request.url} {request.headers}".encode() + whole)
        return answer(request)

    monkeypatch.setattr(requests.Session, "send", take)
    with attachment_of(png) as attachment:
        plugin.notify(body="bodywords", title="titlewords", attach=attachment)
    with_words = [number for number, one in enumerate(sent) if b"bodywords" in one]
    with_picture = [number for number, one in enumerate(sent) if SIGN in one or b"iVBORw0KGgo" in one]
    assert with_picture, "it sends the picture at all"
    way = way_of(plugin, wanted=None, otherwise=True)
    if name == "ntfy":
        assert with_words == with_picture
    if way is Way.WITH_WORDS:
        assert min(with_words, default=len(sent)) >= with_picture[0]
    elif name not in ("matrix", "pushbullet"):  # which upload first, and show the picture in a message of its own
        assert way is Way.AFTER_WORDS
        assert with_words[0] < with_picture[0]


def answer(request: requests.PreparedRequest) -> requests.Response:
    content: dict[str, Any] = {
        "ok": True,
        "id": "c" * 26,
        "channel": ID,
        "ts": "1",
        "status": 1,
        "room_id": "!room:x",
        "access_token": "t",
        "home_server": "x",
        "user_id": "@u:x",
        "event_id": "$e",
        "content_uri": "mxc://x/y",
        "upload_url": "https://example.org/u",
        "file_url": "https://example.org/f",
        "file_id": "F1",
        "file_name": "a.png",
        "file_type": "image/png",
        "file_infos": [{"id": "f" * 26}],
        "files": [{"id": "F1"}],
    }
    response = requests.Response()
    response.status_code, response.request, response.url = 200, request, request.url or ""
    response.json = lambda **_: content  # type: ignore[method-assign]
    response._content = json.dumps(content).encode()
    return response


@pytest.mark.parametrize(
    "address",
    [
        *("ntfy://anna", "ntfys://anna", "ntfys://ntfy.sh/anna", "https://ntfy.sh/anna", "ntfys://NTFY.sh./anna"),
        *("ntfys://ntfy.envs.net/anna", "ntfys://tk_x@ntfy.sh/anna"),
        "mastodon://token@example.org",
        "smseagle://token@example.org/+15551231234",
    ],
)
def test_a_public_server_and_what_costs_more_get_none_unless_asked(address: str) -> None:
    plugin = plugin_of(address)
    assert way_of(plugin, wanted=None, otherwise=True) is Way.NONE
    assert way_of(plugin, wanted=True, otherwise=False) is Way.WITH_WORDS


@pytest.mark.parametrize("address", ["ntfys://ntfy.example.org/anna", "json://example.org", "desktop://"])
def test_the_configuration_says_who_gets_one_and_the_target_has_the_last_word(address: str) -> None:
    plugin = plugin_of(address)
    assert way_of(plugin, wanted=None, otherwise=True) is Way.WITH_WORDS
    assert way_of(plugin, wanted=True, otherwise=False) is Way.WITH_WORDS
    assert way_of(plugin, wanted=None, otherwise=False) is Way.NONE
    assert way_of(plugin, wanted=False, otherwise=True) is Way.NONE


@pytest.mark.parametrize(
    "address",
    [
        "gotify://example.org/tokentokentoken",
        "mqtt://127.0.0.1/topic",
        f"hassio://example.org/{'t' * 40}",
        f"slack://{'T1JJ3T3L2'}/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#c",
        "matrix://token@example.org?mode=slack",
        f"wxteams://{'a' * 80}",
        f"mmost://example.org/{'t' * 26}",
    ],
)
def test_who_shows_no_picture_gets_none_even_if_asked(address: str) -> None:
    assert way_of(plugin_of(address), wanted=True, otherwise=True) is Way.NONE


def test_a_picture_alone_has_words_beside_it_only_where_it_must() -> None:
    assert words_beside_picture(plugin_of(ADDRESSES["slack"]), "Hard ride") == "Hard ride"
    assert words_beside_picture(plugin_of(ADDRESSES["discord"]), "Hard ride") == ""
