"""At what time is a readiness said to be, as a person would say it?

Apart from the messages, because `hersteld status` says it of a stored workout and needs neither samples nor numpy.
"""

from datetime import datetime, time, timedelta, tzinfo

from hersteld.recovery.rules import Rules


def said_readiness(moment: datetime, zone: tzinfo, rules: Rules) -> datetime:
    """Return a readiness as a person would say it: the next full quarter of an hour, and not in the night."""
    local = moment.astimezone(zone)
    over = timedelta(minutes=local.minute % 15, seconds=local.second, microseconds=local.microsecond)
    quarter = local if not over else local - over + timedelta(minutes=15)
    if quarter.hour >= rules.messages.night_from_hour:
        quarter += timedelta(days=1)
    elif quarter.hour >= rules.messages.night_until_hour:
        return quarter.astimezone(moment.tzinfo)
    morning = time(int(rules.messages.night_until_hour))
    return datetime.combine(quarter.date(), morning, tzinfo=zone).astimezone(moment.tzinfo)
