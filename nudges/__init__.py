"""What people can name: the table of contents of the capabilities."""

from nudges import communities, profiles

NUDGES = (communities.nudge, profiles.nudge)
