"""The drop folder: seeing what lies in it, waiting until it is whole, claiming it, handing it back with a report."""
