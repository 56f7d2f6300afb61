"""The words shared with platforms: what people do, what the bot says, and what a platform must be able to do.

Nothing here knows a vendor. An adapter turns what its platform sends into an `Event`, hands it to the
`Door`, and carries out the intents of `Platform`. Texts in this module are final: they are in the reader's
language, and they are plain text. An adapter escapes all of it, so that nothing a person typed becomes markup,
a mention or a link.
"""

from bot.chat.errors import (
    LockedOut,
    NameTaken,
    NotAllowed,
    NotFound,
    Overloaded,
    PlatformError,
    RateLimited,
    Unreachable,
)
from bot.chat.events import (
    EVENT,
    Command,
    Deleted,
    Edited,
    Event,
    HomeOpened,
    Joined,
    Left,
    Press,
    ProfileChanged,
    Reacted,
    Read,
    RoomChanged,
    Spoke,
    Submission,
    Unreadable,
)
from bot.chat.messages import Checked, Choice, Errors, Form, FormField, Message, Option, Part, Picture
from bot.chat.port import Door, Hook, Messages, Pace, People, Platform, Rooms, WebAnswer, WebRequest
from bot.chat.rooms import Finding, NewRoom, Profile, Room

__all__ = [
    "EVENT",
    "Checked",
    "Choice",
    "Command",
    "Deleted",
    "Door",
    "Edited",
    "Errors",
    "Event",
    "Finding",
    "Form",
    "FormField",
    "HomeOpened",
    "Hook",
    "Joined",
    "Left",
    "LockedOut",
    "Message",
    "Messages",
    "NameTaken",
    "NewRoom",
    "NotAllowed",
    "NotFound",
    "Option",
    "Overloaded",
    "Pace",
    "Part",
    "People",
    "Picture",
    "Platform",
    "PlatformError",
    "Press",
    "Profile",
    "ProfileChanged",
    "RateLimited",
    "Reacted",
    "Read",
    "Room",
    "RoomChanged",
    "Rooms",
    "Spoke",
    "Submission",
    "Unreachable",
    "Unreadable",
    "WebAnswer",
    "WebRequest",
]
