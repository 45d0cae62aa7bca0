"""What would be true on paper: values and functions, with no disk, clock, network, database or log."""
