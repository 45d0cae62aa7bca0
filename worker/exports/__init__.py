"""Readings, issues and findings in the forms that others read: plain functions over values, one module per format."""
