"""What happens around the process: rooms that nobody asked for, and what people do to communities on the platform.

`heard` listens, `look` is the safety net; both tell `noticing`, which lets the rows follow. `strays` shows the
animators what lives outside, `adopting` takes it in; `returning` lets the bot into a room it was put out of.
"""

from nudges.communities.outside import adopting, heard, look, returning, strays  # noqa: F401 - they declare it all
