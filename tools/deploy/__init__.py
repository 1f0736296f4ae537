"""One command from a green main to the cloud: refuse, say what will change, ask, do."""
