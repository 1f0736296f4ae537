"""Makes and measures the learnt parameters of skill/understanding: `python -m tools.learn train|evaluate|check`."""
