"""The testers' page: an Echo, a phone and a screen in the browser, on this machine only."""
