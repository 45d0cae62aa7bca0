"""From bytes to pages of numbered, classified lines: decoding, telling the format, and one module for each format."""
