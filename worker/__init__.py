"""Jumpline: takes newspaper issues in from a drop folder, reads, checks, joins and tells."""
