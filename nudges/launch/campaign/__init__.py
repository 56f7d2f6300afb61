"""Campaigns: a plan of announcements counted from a day zero, its phases, its invitations, and who comes by them.

`plan` reads a file, `settling` settles it on a day zero, `importing` compares it with what there is and takes it over;
all of these are pure but the last. `verbs` is where administrators call them, `showing`, `moving` and `phases` what is
said in the chat, `newcomers` who is welcomed, `marking` what stands beside the curves.
"""

from nudges.launch.campaign import (  # noqa: F401 - they declare it all
    marking,
    moving,
    newcomers,
    phases,
    showing,
    verbs,
)
