"""The testers' Alexa on their own machine. It drives the skill through a door; the skill never imports it."""
