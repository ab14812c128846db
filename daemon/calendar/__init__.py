"""Which training does the athlete plan, by the calendar that the configuration names?"""
