"""What people are shown: lists and single things as plain values, for the command line, the JSON API and the pages."""
