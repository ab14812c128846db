"""An ordinary name is no token, with digits or without, and a token is one wherever it stands."""

import pytest

from hersteld.config.showable import looks_secret, without_secrets_in
from hersteld.config.token_shapes import has_token, may_be_token

NAMES = [
    "iPhone15ProMax",
    "GalaxyS23Ultra",
    "Telegram2026",
    "mailvanpapa1",
    "tk-laptop",
    "GarminExport2024",
    "pixel-8-of-anna",
    "telefoonvananna2",
    "telefoonVanPapa2026",
    "PhoneOfGrandma12",
    "iPadPro2022vanMama",
    "Forerunner955Solar",
    "Fenix7XSapphire",
    "AppleWatchUltra2",
    "SuuntoRace2024Titanium",
    "PolarVantageV3",
    "CorosPace3vanJan",
    "edge1040solar2023",
    "garminexport20240512",
    "activity_20240512_101500",
    "2024-05-12-10-15-00-run",
    "export20240512T101500",
    "run-2024-05-12",
    "marathonRotterdam2024",
    "2024spring10k",
    "halvemarathon21km",
    "tk_laptop_van_papa_2024",
    "sk-telefoon-van-moeder",
    "pk-watch-of-the-coach",
    "GarminExport2024-deel-2",
    "werktelefoon06",
    "samsungGalaxyTabS9Plus",
    "NothingPhone2a",
    "OnePlus12vanSander",
    "HuaweiWatchGT4Pro",
    "desktopzolderkamer3",
    "HomeAssistant2026",
    "Strava2024Export2",
    "familiegroepDeVries2025",
    "ntfyTelefoonJanWillem1",
    "huiskamerSpeaker2",
    "iPhone15Pro2024Export",
]

TOKENS = [
    "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2",
    "tk_short1token2is3long",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "gho_16C7e42F292c6912E7710c838347Ae178B4a",
    "github_pat_11ABCDEFG0abcdefghij_klmnop",
    "glpat-xY7zQ9wLmN3pK5sT1vB2",
    "xoxb-215432123456-abcdefGHIJKL",
    "xoxp-215432123456-987654321098",
    "sk_made_up_4eC39HqLyjWDarj",
    "sk-made-up-4eC39HqLyjWDarj",
    "pk_made_up_TYooMQ4uvdEDq54N",
    "AKIAIOSFODNN7EXAMPLE",
    "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
    "x7Yk2pQ9wLm3Za",
    "d41d8cd98f00b204e9800998ecf8427e",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "550e8400-e29b-41d4-a716-446655440000",
    "550E8400-E29B-41D4-A716-446655440000",
    "JBSWY3DPEHPK3PXPJ4SW",
    "MZXW6YTBOI2DGNBVGY3TQOJQ",
    "9f8e7d6c5b4a39281706",
    "e9800998ecf8427e",
    "Zk77qPwLm31xY9Qa",
    "aGVsbG8gd29ybGQ4NzY1NDMyMQ",
    "Ab3_xY9-kQ2mZ8_pLr4",
    "k3j9x2m7q1w5e8r4",
    "azGDORePK8gMaC0QOYAMyEEuzJnyUi",
    "uQiRzpo4DXghDmr9QzzfQu27cmVRsG",
    "Kz9PqL2mN8vB4xC6",
    "8x7k9m2n4b6v3c1z",
    "7kQm2Xv9Lp4Rt8Wn",
    "s3cr3tT0k3nV4lu3",
    "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    "B7d9F2k4H6m8P1q3",
    "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "q7W3e9R1t5Y2u8I4",
    "T0AB1CD2EF3GH4IJ5",
    "Xk29dL4pQ8sV6wN3",
    "v1a9c7e5g3i1k9m7",
]


def test_the_tables_are_long_enough_to_say_something() -> None:
    assert len(set(NAMES)) >= 40
    assert len(set(TOKENS)) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_an_ordinary_name_is_no_token(name: str) -> None:
    for spelt in (name, name.lower(), f"https://example.com/{name}"):
        assert not has_token(spelt)
        assert not looks_secret(spelt)
    assert without_secrets_in(f"there is no workout '{name}'") == f"there is no workout '{name}'"


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_is_one_wherever_it_stands(token: str) -> None:
    for spelt in (token, f"https://example.com/{token}", f"phone={token}"):
        assert has_token(spelt)
    assert token not in without_secrets_in(f"there is no '{token}'")


@pytest.mark.parametrize(
    ("text", "may"), [("long run", False), ("5x1000m", False), ("abc123def456", True), ("a.b", False)]
)
def test_where_hardly_anybody_writes_one_less_looks_like_a_token(text: str, *, may: bool) -> None:
    assert may_be_token(text) is may
