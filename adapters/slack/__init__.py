"""Slack, through an unpatched slack-bolt."""

from adapters.slack.manifest import manifest
from adapters.slack.platform import SlackPlatform

__all__ = ["SlackPlatform", "manifest"]
