"""How well the clips are understood by an offline Dutch speech recogniser: ranks engines and guards against getting worse.

A recogniser is no listener: its figure compares voices, it does not say what a parent understands. Because of it only engine settings and
skill/content/pronunciation.toml change, never what parents hear said.
"""
