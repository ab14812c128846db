"""A server of ntfy, as its documentation describes it, and authorities that vouch for it."""
