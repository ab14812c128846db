"""What the machine offers: clock, logs, paths, processes, systemd."""
