"""Let `python -m hersteld` do what the `hersteld` command does."""

from hersteld.daemon.cli.main import main

if __name__ == "__main__":
    main()
