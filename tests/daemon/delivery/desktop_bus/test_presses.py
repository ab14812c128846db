"""What is pressed is kept in order until it is done, and wakes whoever takes it."""

from hersteld.daemon.delivery.desktop_bus.presses import Presses


def test_what_is_pressed_is_kept_until_it_is_done() -> None:
    presses, woken = Presses(), []
    presses.put("rpe:1:3")
    presses.wake = lambda: woken.append(presses.first())
    presses.put("rpe:1:8")
    assert woken == ["rpe:1:3"]
    assert presses.first() == "rpe:1:3"
    presses.done()
    assert presses.first() == "rpe:1:8"
    presses.done()
    assert presses.first() is None
