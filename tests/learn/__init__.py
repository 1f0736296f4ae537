"""The makers of what understanding learns and how it is compared."""
