"""Migrations, run when the store is opened. `python -m storage.migrations "what changes"` writes the next one."""
