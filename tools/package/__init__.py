"""From the repository to what is uploaded: the function's zip, the skill package, the audio."""
