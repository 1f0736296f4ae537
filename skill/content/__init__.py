"""Every Dutch word that is said, compiled to one file that a turn loads."""
