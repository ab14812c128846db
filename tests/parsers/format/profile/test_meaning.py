"""What the values of a FIT file mean."""

from hersteld.parsers.format.profile.meaning import native_field, scaling


def test_scales_come_from_the_profile_and_from_the_overlay() -> None:
    assert (scaling(20, 2).scale, scaling(20, 2).offset, scaling(20, 2).units) == (5, 500, "m")
    assert scaling(18, 168).scale == 65536


def test_a_developer_field_in_another_unit_stands_in_for_nothing() -> None:
    assert native_field("Speed", "km/h", 20, 6) is None
    assert native_field("Speed", "m/s", 20, 6) == 6
    assert native_field("Power", "Watts", 20, 7) == 7
    assert native_field("Lap Power", "Watts", 19, 7) is None
    assert native_field("Form Power", "Watts", 20, None) is None
