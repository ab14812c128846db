"""What runs inside the booted machine: this package is copied there, and run with the Python of the installed wheel."""
