"""The addresses of rooms on a real homeserver: a former one leads on until another room is given that name."""

from __future__ import annotations

import pytest

from bot.chat import NameTaken, NewRoom
from tests.contract.test_matrix_adapter import place, site  # noqa: F401 - fixtures
from tests.contract.test_platform import Site, fresh
from tests.humans.matrix import MatrixHuman, MatrixTown

pytestmark = pytest.mark.matrix


async def leads_to(human: MatrixHuman, town: MatrixTown, slug: str) -> str:
    """The room in which somebody ends up who follows a link, "" for none."""
    alias = f"#{slug}:{town.bot.user_id.partition(':')[2]}"
    found = await human.calls("GET", f"/directory/room/{alias.replace('#', '%23')}")
    return str(found.get("room_id", ""))


async def test_a_former_alias_leads_on_until_another_room_is_given_the_name(
    site: Site,  # noqa: F811
    place: MatrixTown,  # noqa: F811
) -> None:
    ana = await place.person("ana")
    garden, orchard, other = fresh("garden"), fresh("orchard"), fresh("other")
    first = await site.bot.create(NewRoom(slug=garden, title="Garden"), name=fresh("open"))
    await ana.joins(first)
    await site.bot.rename(first, orchard, "Orchard")
    assert await leads_to(ana, place, garden) == first
    assert await leads_to(ana, place, orchard) == first

    again = fresh("open")
    second = await site.bot.create(NewRoom(slug=garden, title="Garden"), name=again)
    assert second != first
    assert await site.bot.create(NewRoom(slug=garden, title="Garden"), name=again) == second
    assert await leads_to(ana, place, garden) == second
    kept = await ana.calls("GET", f"/rooms/{first}/state/m.room.canonical_alias")
    assert (kept["alias"].partition(":")[0], kept.get("alt_aliases", [])) == (f"#{orchard}", [])
    with pytest.raises(NameTaken):  # it has gone to another: there is no way back
        await site.bot.rename(first, garden, "Garden")
    assert await leads_to(ana, place, garden) == second

    # By renaming, too; and a room goes by its own former name again without losing the other.
    third = await site.bot.create(NewRoom(slug=other, title="Other"), name=fresh("open"))
    await site.bot.rename(second, fresh("meadow"), "Meadow")
    await site.bot.rename(third, garden, "Garden")
    assert await leads_to(ana, place, garden) == third
    await site.bot.rename(third, other, "Other")
    assert [await leads_to(ana, place, slug) for slug in (garden, other)] == [third, third]


async def test_what_people_call_a_room_of_theirs_is_never_taken_from_it(
    site: Site,  # noqa: F811
    place: MatrixTown,  # noqa: F811
) -> None:
    ana = await place.person("ana")
    theirs, newer = fresh("square"), fresh("plaza")
    room = await place.room(theirs, [ana])
    server = place.bot.user_id.partition(":")[2]
    await ana.calls("PUT", f"/directory/room/%23{newer}:{server}", {"room_id": room})
    content = {"alias": f"#{newer}:{server}", "alt_aliases": [f"#{theirs}:{server}"]}
    await ana.calls("PUT", f"/rooms/{room}/state/m.room.canonical_alias/", content)
    for slug in (theirs, newer):
        with pytest.raises(NameTaken):
            await site.bot.create(NewRoom(slug=slug, title="Square"), name=fresh("open"))
        assert await leads_to(ana, place, slug) == room
