"""Run the command without its script: ``python -m workflow.cli``."""

from . import main

main(prog_name="hexapla")
