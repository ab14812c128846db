"""The command line: thin commands over views, importing and the service; `main` is where it begins."""
