"""What `parvis doctor` says of guides: communities they name that are not there, or not for everybody."""

from __future__ import annotations

from importlib.util import find_spec

from bot.nudge import Context, Found
from bot.say import Line, Names
from nudges.launch.capability import nudge
from nudges.launch.guide import telling
from storage import communities


async def doctor(ctx: Context) -> list[Found]:
    """Look at the guides."""
    guides = telling.guides(ctx)
    found = [Found("fine", Line(id="guide-doctor-fine", args={"count": len(guides)}))] if guides else []
    named = {example.community for guide in guides for example in guide.examples} - {""}
    lacking = sorted(named - {each.slug for each in await communities.listed(ctx.session)})
    if lacking:
        what = Line(id="guide-doctor-lacking", args={"names": Names(names=tuple(lacking)), "count": len(lacking)})
        found.append(Found("warning", what, Line(id="guide-doctor-lacking-todo")))
    if find_spec("typst") is None:
        found.append(Found("warning", Line(id="guide-doctor-pdf"), Line(id="guide-doctor-pdf-todo")))
    return found


nudge.doctor = doctor
