"""Unpacks the FIT files in a gzip or zip file, also when the archive is partly broken."""
