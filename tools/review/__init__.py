"""Every spoken text beside what it rests on, for a professional who reviews it: `make review PAGE=file`."""
