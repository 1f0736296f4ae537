"""Long runs: any request at both doors, any conversation, many turns in one process. `python -m tools.soak --help`."""
