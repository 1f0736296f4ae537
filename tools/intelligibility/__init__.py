"""How well the clips are understood by an offline Dutch speech recogniser: ranks engines and guards against getting worse.

A recogniser is no listener: its figure compares voices, it does not say what a parent understands. Because of it only engine settings,
skill/content/pronunciation.toml and skill/content/takes.toml change, never the words that parents hear.
"""
