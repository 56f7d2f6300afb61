"""Slack, through an unpatched slack-bolt (which is imported with platform.py, and not here)."""
