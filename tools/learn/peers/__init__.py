"""The methods that could map words to a section, side by side: `python -m tools.learn peers` (environment: setup.sh here)."""
