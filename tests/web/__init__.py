"""The web door over real HTTP, with certificate chains of our own making."""
