"""From the Dutch texts of the content to MP3 files that Alexa takes: `python -m tools.audio` (`make audio`).

No turn imports this package. `skill/speech/clips.py` is what a turn uses of its work: the manifest.
"""
