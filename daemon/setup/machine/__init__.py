"""What is on this machine: folders of a watch, this program, systemd, a terminal for a code, a place to write."""
