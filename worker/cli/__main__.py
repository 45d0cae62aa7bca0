"""`python -m worker.cli`, the same as `jumpline`."""

from worker.cli import main

main()
