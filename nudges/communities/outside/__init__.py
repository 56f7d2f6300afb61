"""What happens around the process: rooms that nobody asked for, and what people do to communities on the platform.

`heard` listens, `look` is the safety net; both tell `noticing`, which lets the rows follow. `strays` shows the
animators what lives outside, `adopting` takes it in.
"""

from nudges.communities.outside import adopting, heard, look, strays  # noqa: F401 - they declare it all
