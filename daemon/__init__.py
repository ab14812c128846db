"""The shell: everything that touches the disk, the clock, the network and the user."""
