"""Content: read the TOML and text sources, check them, compile them to `skill/content/compiled.json`."""
