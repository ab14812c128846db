"""Every number of the rules, typed. The values, ranges, kinds and sources stand in `config/rules.toml`."""
