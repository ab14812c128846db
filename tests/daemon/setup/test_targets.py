"""A topic is one that nobody guesses, and its address is one that Apprise can use."""

import re

import pytest

from hersteld.daemon.delivery.notifiers import notifier_for
from hersteld.daemon.setup.targets import (
    NotServer,
    as_configured,
    can_answer,
    desktop_target,
    has_login,
    is_on_server_of,
    new_topic_name,
    ntfy_target,
    other_target,
    topic_on,
)


def test_no_two_topics_are_alike_and_each_can_be_typed_on_a_phone() -> None:
    names = {new_topic_name() for _ in range(200)}
    assert len(names) == 200
    assert all(re.fullmatch(r"hersteld-[a-z2-7]{24}", name) for name in names)  # 120 bits; ntfy takes 64 letters


@pytest.mark.parametrize(
    ("server", "web", "address"),
    [
        ("https://ntfy.example.org", "https://ntfy.example.org/t", "ntfys://ntfy.example.org/t"),
        ("ntfy.example.org/", "https://ntfy.example.org/t", "ntfys://ntfy.example.org/t"),
        ("http://10.0.0.3:8080", "http://10.0.0.3:8080/t", "ntfy://10.0.0.3:8080/t"),
        ("https://[fd00::3]:8080", "https://[fd00::3]:8080/t", "ntfys://[fd00::3]:8080/t"),
        (
            "https://anna:s3cret@ntfy.example.org",
            "https://ntfy.example.org/t",
            "ntfys://anna:s3cret@ntfy.example.org/t",
        ),
        ("https://tk_token@ntfy.example.org", "https://ntfy.example.org/t", "ntfys://tk_token@ntfy.example.org/t"),
    ],
)
def test_a_topic_has_an_address_for_the_phone_and_one_for_us(server: str, web: str, address: str) -> None:
    topic = topic_on(server, "t")
    assert (topic.web, topic.address) == (web, address)
    assert topic.server == web.removesuffix("/t")
    assert notifier_for([as_configured(ntfy_target(topic, ()))], {}).targets() == ("phone",)


@pytest.mark.parametrize(
    "server",
    [
        "",
        "https://",
        "ftp://ntfy.example.org",
        "https://ntfy.example.org/below",
        "https://x:port",
        "https://[::1",
        "a b",
        "4",
    ],
)
def test_what_names_no_server_is_refused(server: str) -> None:
    with pytest.raises(NotServer):
        topic_on(server)


def test_the_buttons_of_a_topic_answer_on_another_one_of_its_server() -> None:
    topic = topic_on("http://10.0.0.3:8080")
    assert ntfy_target(topic, ()).reply is None
    target = as_configured(ntfy_target(topic, (), has_buttons=True))
    assert target.reply is not None
    answers = target.reply.get_secret_value()
    assert answers.startswith("http://10.0.0.3:8080/hersteld-")
    assert answers != topic.web
    assert target.reply in target.secrets


@pytest.mark.parametrize(
    ("server", "can"),
    [
        ("https://ntfy.sh", True),
        ("http://[fd00::3]:8080", True),
        ("https://anna:s3cret@ntfy.example.org", False),  # whose topics have rights, which are given by hand
        ("https://tk_token@ntfy.example.org", False),
        ("https://größe.example.org", False),  # the configuration takes it only as xn--...
    ],
)
def test_buttons_are_offered_only_where_they_work_as_they_are(server: str, can: bool) -> None:
    assert can_answer(topic_on(server)) is can


@pytest.mark.parametrize(
    ("url", "is_on"),
    [
        ("ntfys://ntfy.example.org/other", True),
        ("NTFYS://anna:s3cret@Ntfy.Example.org/other?priority=high", True),
        ("ntfy://ntfy.example.org/other", False),
        ("ntfys://ntfy.example.org:8443/other", False),
        ("ntfys://ntfy.example.org.evil/other", False),
        ("pover://user@token", False),
        ("", False),
    ],
)
def test_a_topic_on_the_same_server_is_known(url: str, is_on: bool) -> None:
    assert is_on_server_of(topic_on("https://ntfy.example.org"), url) is is_on


def test_a_password_in_an_address_is_noticed() -> None:
    assert has_login("https://anna:s3cret@ntfy.example.org")
    assert not has_login("https://ntfy.example.org")


def test_a_receiver_gets_a_name_that_is_free() -> None:
    topic = topic_on("https://ntfy.example.org")
    assert ntfy_target(topic, ("phone", "phone-2")).name == "phone-3"
    assert other_target("pover://user@token", ("desktop",)).name == "phone"
    assert desktop_target().url.get_secret_value() == "desktop://"
