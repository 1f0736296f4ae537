"""Alexa JSON in, Alexa JSON out: the only rooms that know the SDK."""
