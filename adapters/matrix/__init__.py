"""Matrix, through an unpatched matrix-nio (which is imported with platform.py, and not here)."""
