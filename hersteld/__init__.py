"""hersteld: recovery advice from the FIT files your watch drops in a folder.

This package is only the import name. Each sub-package is a link to the folder of the same name at the top of the
project (see CONTRIBUTING.md, "Why hersteld/ holds links").
"""

__version__ = "0.1.0"
