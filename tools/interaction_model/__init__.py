"""Interaction model: what Alexa is taught, made from the content, and what testers feed it."""
