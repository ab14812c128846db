"""What holds for every test: none of them fails for being slow on a machine that is busy."""

from hypothesis import HealthCheck, settings

settings.register_profile("hersteld", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hersteld")
