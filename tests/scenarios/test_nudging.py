"""Nothing unasked is sent before it was looked at and confirmed; then it begins with a few."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from bot import people
from bot.chat import Profile
from bot.nudge import Nudge, To
from bot.say import Line, Say, plain
from nudges import NUDGES
from storage import releases
from storage.audit import Entry as Trace
from storage.audit import Erasable
from storage.outbox import Promise
from storage.people import Person
from storage.releases import KindRelease
from storage.roster import Entry
from tests.humans import Human
from tests.humans.towns import AT_EASE
from tests.scenarios.company import HOME, PLATFORM, Company, release
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_profiles import outsiders, told_times
from tests.scenarios.watering import Watering

KINDS = (
    "feeding", "watering", "community.invitation", "community.monday.look", "profile.reminder", "pulse.digest",
    "launch.announcement", "launch.urgent", "launch.welcome",
)  # fmt: skip
MEMORY = pytest.mark.parametrize("where", ["memory"])


@pytest.fixture
def released() -> bool:
    return False


@pytest.fixture
def watering() -> Watering:
    return Watering()


@pytest.fixture
def capabilities(watering: Watering) -> Sequence[Nudge]:
    return (*NUDGES, watering.nudge())


async def known(company: Company, *more: str) -> dict[str, int]:
    """Everybody is known to the bot, though nobody spoke to it: name -> person. more: colleagues without a client."""
    ids = {name: human.external for name, human in company.people.items()} | {name: f"U{name}" for name in more}
    found = {}
    async with company.store.write() as session:
        for name, external in ids.items():
            language = "en" if name in {"bob", "alice"} else "fr"
            profile = Profile(id=external, name=name, kind="member", language=language, zone="Europe/Paris")
            found[name] = (await people.update(session, PLATFORM, profile, company.clock.now())).person_id
    return found


async def minutes_pass(company: Company, count: int = 1) -> None:
    """So many times it is looked whether somebody is to be told, and whatever is to be said is said."""
    for _ in range(count):
        company.clock.advance(minutes=1)
        await company.looked()
        await company.app.sweep.look()
        await company.settled()


async def told(company: Company, kind: str = "watering") -> list[int]:
    """Those who were told."""
    return [each.person_id for each in await company.rows(Promise, kind=kind, state="sent")]


@pytest.mark.parametrize("where", AT_EASE)
async def test_from_nothing_to_a_first_few_to_all(
    ana: Human, bob: Human, odile: Human, company: Company, watering: Watering, fresh: Fresh
) -> None:
    strangers = await outsiders(company, fresh("square"))
    for name in ("emil", "fay"):
        await company.person(name, language="en")
    everybody = await known(company)
    watering.plants.needs(*everybody.values())
    await minutes_pass(company)
    assert not await told(company)
    assert not watering.plants.promised

    await odile.types("relance")
    await odile.is_told("Rien n’est envoyé spontanément avant")
    await odile.types("relance informes 20 novembre Par courriel à tous")
    await odile.is_told("C’est noté")
    await odile.types("relance apercu")
    shown = await odile.is_told("J’écrirais maintenant à 8 personnes")
    assert f"ana ({PLATFORM})\u00a0: " in shown
    assert re.search(rf"Sur quelle plateforme\W+{PLATFORM} 8", shown), shown
    assert "Your plant is thirsty" in shown
    assert "Votre plante a soif" in shown
    await minutes_pass(company)
    assert not await told(company)
    await odile.presses("Confirmer pour 8 personnes")
    await odile.is_told("C’est confirmé. Rien n’est encore envoyé")
    await minutes_pass(company)
    assert not await told(company)

    await odile.types("relance vague")
    await odile.is_told("tirées au sort")
    await minutes_pass(company, 2)
    first = await told(company)
    assert len(first) == 5
    await odile.is_told("Les messages aux premières personnes partent")
    await minutes_pass(company, 2)
    assert await told(company) == first

    await odile.types("relance pause")
    await odile.is_told("C’est suspendu")
    await odile.types("relance continuer Personne ne s’est plaint")
    await odile.is_told("j’écris aussi à toutes les autres")
    assert ("go", "Personne ne s’est plaint") in await reasons(company)
    await minutes_pass(company)
    assert await told(company) == first
    await odile.types("relance reprendre")
    await odile.is_told("Les envois reprennent")
    await minutes_pass(company)
    assert sorted(await told(company)) == sorted(everybody.values())
    await ana.is_told("Votre plante a soif")
    await bob.is_told("Your plant is thirsty")
    assert not [each for each in strangers if await each.reads()]
    actions = [each.action for each in await company.rows(Trace) if each.action.startswith("nudging.")]
    assert actions == [
        f"nudging.{step}" for step in ("informed", "confirm", "wave", "wave-sent", "pause", "go", "resume")
    ]


# ---------------------------------------------------------------- each step, and what it refuses


async def released_to(company: Company, *kinds: str) -> None:
    """These kinds were confirmed and begun long ago, and no others."""
    await release(company.store, kinds, company.clock.now())


@MEMORY
async def test_no_step_comes_before_the_one_it_needs(odile: Human, company: Company, watering: Watering) -> None:
    await known(company)
    for typed, heard in (
        ("nudge wave", "Il n’est pas encore noté que le personnel est informé"),
        ("nudge informed 2027-01-01 Par courriel", "Ce jour est à venir"),
        ("nudge informed hier Par courriel", "Je ne lis pas ce jour"),
        ("nudge informed 20/11/2026 Par courriel", "C’est noté"),
        ("nudge wave", "Merci de regarder d’abord l’aperçu"),
        ("nudge go", "Rien n’attend votre feu vert"),
        ("nudge confirm", "Merci de répéter le nombre de personnes"),
        ("nudge confirm 0", "Rien n’est confirmé : il faut d’abord un aperçu"),
        ("nudge preview", "À qui j’écrirais maintenant"),
        ("nudge confirm 17", "Rien n’est confirmé : vous dites 17, et le dernier aperçu nommait 0 personne"),
        ("nudge confirm 0", "C’est confirmé"),
        ("nudge confirm 0", "Tout est déjà confirmé"),
        ("nudge pause poissons", "Je ne connais pas « poissons »"),
        ("nudge pause watering", "C’est suspendu"),
        ("nudge pause watering", "C’est déjà suspendu"),
        ("nudge resume Rappels d’arroser les plantes", "Les envois reprennent"),
        ("nudge resume", "Rien de cela n’est suspendu"),
        ("nudge hush 2020-01-01", "Il faut un jour à venir"),
        ("nudge unhush", "Il n’y a pas de trêve à finir"),
    ):
        await odile.types(typed)
        await odile.is_told(heard.replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
    assert not await told(company)


@MEMORY
async def test_that_staff_were_informed_is_recorded_by_an_administrator_alone(
    bob: Human, odile: Human, company: Company
) -> None:
    company.settings["roles"]["comms"] = [f"{PLATFORM}:{bob.external}"]
    await company.restart()
    await company.acquainted()
    await bob.types("nudge")
    told = await bob.is_told("before an administrator has recorded that staff were informed")
    assert "\n[Staff were informed]" not in told
    await bob.types("nudge informed 2026-11-20 By e-mail")
    await bob.is_told("administrator")
    await odile.types("relance")
    await odile.presses("Le personnel est informé")
    assert not await odile.fills(on="2026-11-20", how="Par courriel à tous")
    await odile.is_told("C’est noté")
    await bob.types("nudge pause all Nobody understands it")
    await bob.is_told("Paused")


async def reasons(company: Company) -> list[tuple[str, str]]:
    """What was decided, and why, as the trail has it."""
    texts = {each.digest: each.text for each in await company.rows(Erasable)}
    traces = [each for each in await company.rows(Trace) if each.action.startswith("nudging.")]
    return [(each.action.removeprefix("nudging."), texts.get(each.reason, "")) for each in traces]


@pytest.mark.parametrize("where", AT_EASE)
async def test_the_trail_has_why_whether_it_was_said_at_once_or_afterwards(
    odile: Human, company: Company, watering: Watering
) -> None:
    await company.acquainted()
    await released_to(company, "watering")
    await odile.types("relance pause watering Deux plaintes")
    await odile.is_told("C’est suspendu")
    await odile.presses("Reprendre")
    await odile.is_told("mais pas pourquoi")
    await odile.presses("Dire pourquoi")
    assert not await odile.fills(why="Les mots sont corrigés")
    await odile.is_told("C’est noté")
    await odile.types("relance treve 2026-12-07 Un collègue est mort")
    await odile.is_told("La trêve commence")
    await odile.types("relance fin-treve La famille le demande")
    await odile.is_told("La trêve est finie")
    await odile.types("nudge pause tout On réfléchit")
    await odile.types("nudge resume Rappels d’arroser les plantes Il fait chaud")
    await company.settled()
    assert await reasons(company) == [
        ("pause", "Deux plaintes"),
        ("resume", ""),
        ("why", "Les mots sont corrigés"),
        ("hush", "Un collègue est mort"),
        ("unhush", "La famille le demande"),
        ("pause", "On réfléchit"),
        ("resume", "Il fait chaud"),
    ]


@MEMORY
async def test_others_may_do_nothing_of_it(ana: Human, alice: Human, company: Company) -> None:
    await ana.types("relance apercu")
    await ana.is_told("communication")
    await alice.types("nudge confirm 0")
    await alice.is_told("communication")
    assert not await company.rows(KindRelease)


@pytest.mark.parametrize("where", AT_EASE)
async def test_what_is_missing_is_asked_for_and_a_hush_lets_nothing_due_through(
    odile: Human, bob: Human, company: Company, watering: Watering
) -> None:
    await odile.types("relance informes")
    assert "on" in await odile.fills(on="2027-02-30", how="Par courriel à tous")
    assert not await odile.fills(on="2026-11-20", how="Par courriel à tous")
    await odile.is_told("C’est noté")

    everybody = await known(company)
    await released_to(company, "watering")
    await odile.types("relance treve")
    assert not await odile.fills(until="2026-12-07", why="Un collègue est mort")
    await odile.is_told("La trêve commence")
    await bob.types("parvis me")
    assert "nothing, to anybody, before Monday 7 December 2026" in await bob.is_told("Quiet in the whole company")
    watering.plants.needs(everybody["ana"])
    await minutes_pass(company)
    assert watering.plants.passed == [everybody["ana"]]
    await odile.types("relance")
    await odile.is_told("jusqu’à lundi 7 décembre 2026")
    await odile.presses("Finir la trêve", near="jusqu’à lundi 7 décembre 2026")
    await odile.is_told("La trêve est finie")
    watering.plants.needs(everybody["bob"])
    await minutes_pass(company)
    assert await told(company) == [everybody["bob"]], "nothing is made up for"

    await odile.types("relance treve 2026-12-07")
    await odile.types("relance fin-treve")
    await told_times(odile, "La trêve est finie", 2)


@MEMORY
async def test_a_preview_that_changed_meanwhile_is_looked_at_again(
    odile: Human, company: Company, watering: Watering
) -> None:
    everybody = await known(company, "emil", "fay", "gus", "hal")
    watering.plants.needs(*everybody.values())
    await odile.types("relance apercu")
    await odile.is_told("J’écrirais maintenant à 10 personnes")
    await odile.types("relance confirmer 9")
    await odile.is_told("vous dites 9, et le dernier aperçu nommait 10 personnes")
    for each in list(watering.plants.due)[:5]:
        del watering.plants.due[each]
    await odile.presses("Confirmer pour 10 personnes")
    await odile.is_told("et il en nomme maintenant 5")
    assert not [each for each in await company.rows(KindRelease) if each.stage]


@MEMORY
async def test_what_was_shown_is_what_is_confirmed_and_recorded(
    odile: Human, company: Company, watering: Watering
) -> None:
    """Nobody is due: the words of all that is let through are shown all the same, in the reader's language."""
    await known(company)
    await odile.types("relance apercu")
    shown = await odile.is_told("Pour l’instant, il n’y a personne à nommer ici")
    for piece in (
        "vous invite dans la nouvelle communauté",
        "Votre semaine avec les communautés",
        "Il manque une chose",
    ):
        assert piece in shown
    await odile.presses("Confirmer ces mots")
    await odile.is_told("C’est confirmé")
    (trace,) = [each for each in await company.rows(Trace) if each.action == "nudging.confirm"]
    (row,) = await company.rows(releases.Release)
    assert row.shown_at is not None
    assert json.loads(trace.after) == {
        "people": "0",
        "kinds": "launch.announcement launch.urgent community.invitation community.monday.look feeding launch.welcome "
        "profile.reminder pulse.digest watering",
        "shown": row.shown_at.isoformat(timespec="seconds"),
    }


@MEMORY
async def test_a_kind_that_came_after_the_preview_is_not_confirmed_with_it(odile: Human, company: Company) -> None:
    await odile.types("relance apercu")
    await odile.is_told("il n’y a personne à nommer ici")
    async with company.store.write() as session:
        await releases.write(session, shown_kinds="watering")
    await odile.presses("Confirmer ces mots")
    await odile.is_told("il faut d’abord un aperçu")
    assert not [each for each in await company.rows(KindRelease) if each.stage]


@MEMORY
async def test_a_wave_before_anybody_is_due_is_refused_with_the_day(
    odile: Human, company: Company, watering: Watering
) -> None:
    await known(company)
    await odile.types("relance informes 2026-11-20 Par courriel")
    await odile.types("relance apercu")
    await odile.presses("Confirmer ces mots")
    await odile.is_told("C’est confirmé")
    for herd in watering.herds.values():
        herd.first_at = company.clock.now() + timedelta(days=20)
    await odile.types("relance vague")
    said = await odile.is_told("Rien n’a commencé")
    assert re.search(r"à personne avant le \w+ \d+(er)? (novembre|décembre) 2026", said), said
    assert {each.stage for each in await company.rows(KindRelease)} == {"confirmed", "all"}
    company.clock.advance(days=18)
    await odile.types("relance vague")
    await odile.is_told("tirées au sort")
    assert {each.kind for each in await company.rows(KindRelease, stage="wave")} == {"profile.reminder"}


@MEMORY
async def test_a_hush_and_a_pause_override_what_is_said_of_each_kind(
    odile: Human, company: Company, watering: Watering
) -> None:
    await known(company)
    await released_to(company, *KINDS)
    async with company.store.write() as session:
        await releases.write_kind(session, "watering", company.clock.now(), stage="wave")
    await odile.types("relance treve 2026-12-07 Un collègue est mort")
    said = await odile.is_told("La trêve commence")
    assert "en cours d’envoi" not in said
    assert "J’écris aux premières personnes" not in said
    assert said.count("rien n’est envoyé pendant la trêve") == len(KINDS)
    assert "Rien n’est envoyé avant la fin de la trêve" in said
    await odile.types("relance fin-treve On reprend")
    await odile.types("relance pause tout On réfléchit")
    said = await odile.is_told("C’est suspendu")
    assert "J’écris aux premières personnes" not in said
    assert "L’envoi reprend quand quelqu’un le décide" in said


@MEMORY
async def test_nothing_begins_in_a_hush(odile: Human, company: Company, watering: Watering) -> None:
    await released_to(company, *KINDS)
    async with company.store.write() as session:
        await releases.write_kind(session, "watering", company.clock.now(), stage="confirmed")
        await releases.write_kind(session, "feeding", company.clock.now(), stage="waits")
    await odile.types("relance treve 2026-12-07 Un collègue est mort")
    for typed in ("relance vague", "relance continuer"):
        await odile.types(typed)
    await told_times(odile, "Rien n’a commencé", 2)
    assert {each.stage for each in await company.rows(KindRelease)} == {"all", "confirmed", "waits"}


@pytest.mark.parametrize("where", AT_EASE)
async def test_how_staff_were_informed_is_shown_and_a_second_record_takes_its_place_only_when_it_was_seen(
    odile: Human, company: Company
) -> None:
    await odile.types("relance informes 2026-01-05 Par une lettre à tous")
    assert "Par une lettre à tous" in await odile.is_told("C’est noté")
    await odile.types("relance informes 2026-11-20 Au comité social et économique")
    await company.settled()
    (row,) = await company.rows(releases.Release)
    assert (row.informed_on, row.informed_before) == ("2026-01-05", "[]")
    assert not await odile.fills(on="2026-11-20", how="Au comité social et économique")
    said = await odile.is_told("Noté auparavant")
    assert "Au comité social et économique" in said
    assert "Par une lettre à tous" in said


@MEMORY
async def test_nobody_of_a_small_department_is_named_but_they_are_written_to(
    odile: Human, company: Company, watering: Watering
) -> None:
    everybody = await known(company, "emil", "fay", "gus", "hal", "ida")
    now = company.clock.now()
    async with company.store.write() as session:
        for name, person in everybody.items():
            department = "legal" if name in {"gus", "hal", "ida"} else "sales"
            line = Entry(key=name, person_id=person, name=name, created_at=now, changed_at=now)
            line.department = department
            session.add(line)
    watering.plants.needs(*everybody.values())
    await odile.types("relance apercu")
    shown = await odile.is_told("J’écrirais maintenant à 8 personnes")
    assert "fay" in shown
    assert not [name for name in ("gus", "hal", "ida") if name in shown]
    assert "pas maintenant" not in shown, "three others are too few to be told of"
    await released_to(company, "watering")
    await minutes_pass(company)
    assert len(watering.plants.promised) == 11


@MEMORY
async def test_a_kind_that_a_later_version_brings_is_confirmed_by_itself(
    odile: Human, company: Company, watering: Watering
) -> None:
    everybody = await known(company)
    await released_to(company, *KINDS[1:])
    watering.plants.needs(everybody["ana"])
    watering.fish.needs(*everybody.values())
    await minutes_pass(company)
    assert await told(company) == [everybody["ana"]]
    assert not await told(company, "feeding")
    await odile.types("relance")
    await odile.is_told("Rappels de nourrir les poissons\u00a0: rien n’est envoyé avant que son aperçu soit confirmé")
    await odile.types("relance apercu")
    await odile.presses("Confirmer pour 6 personnes")
    await odile.presses("Commencer par quelques-uns")
    await odile.is_told("tirées au sort")
    await minutes_pass(company, 2)
    assert len(await told(company, "feeding")) == 5


@pytest.mark.parametrize("where", AT_EASE)
async def test_two_things_at_once_are_one_message_with_each_ones_way_out(
    bob: Human, company: Company, watering: Watering
) -> None:
    person = (await known(company))["bob"]
    await released_to(company, "watering", "feeding")
    watering.plants.needs(person)
    watering.fish.needs(person)
    await minutes_pass(company)
    message = await bob.is_told("2 things for you")
    for piece in ("The fish are hungry", "Your plant is thirsty", "there is a plant on your desk"):
        assert piece in message
    await bob.presses("No more of: Reminders to water the plants")
    await company.settled()
    watering.plants.needs(person)
    company.clock.advance(days=8)
    await minutes_pass(company)
    assert watering.plants.passed == [person]
    await bob.presses("It is watered", near="2 things")
    await bob.is_told("thanks")


@MEMORY
@pytest.mark.parametrize("planned", [("watering", "feeding"), ("feeding", "watering")])
async def test_of_two_messages_for_one_place_in_the_week_the_more_urgent_comes_and_the_other_waits(
    planned: tuple[str, str], bob: Human, company: Company, watering: Watering
) -> None:
    """In the evening two capabilities each plan one by themselves, for the morning; whichever of them was first."""
    person = (await known(company))["bob"]
    await released_to(company, "watering", "feeding")
    urgency = {each.kind: each.priority for each in watering.nudge().contacts}
    async with company.store.write() as session:
        row = await session.get(Person, person)
        assert row
        row.greeted_at = company.clock.now() - timedelta(days=60)  # so one a week
        session.add(row)
    company.clock.advance(hours=10)
    async with company.store.write() as session:
        planner = company.app.outbox.within(session, company.clock.now())
        for kind in planned:
            say = watering.herds[kind].say
            await planner.tell(To(person=person), say, name=kind, kind=kind, priority=urgency[kind])
    company.clock.advance_to(datetime(2026, 11, 25, 9, 1, tzinfo=HOME))
    await bob.is_told("The fish are hungry")
    await company.settled()
    await bob.is_not_told("Your plant is thirsty")
    (waits,) = await company.rows(Promise, kind="watering")
    assert (waits.state, waits.due.date()) == ("later", date(2026, 12, 2))
    company.clock.advance(days=7, minutes=1)
    await bob.is_told("Your plant is thirsty")


@MEMORY
async def test_what_a_capability_planned_before_the_release_is_said_after_it_behind_an_introduction(
    odile: Human, bob: Human, company: Company
) -> None:
    person = (await known(company))["bob"]
    async with company.store.write() as session:
        planner = company.app.outbox.within(session, company.clock.now())
        look = Say(lines=(Line(id="watering-please"),))
        await planner.tell(To(person=person), look, name="look", kind="community.monday.look")
    await bob.is_not_told("Your plant is thirsty")
    company.clock.advance(minutes=30)
    await bob.is_not_told("Your plant is thirsty")
    assert not await bob.reads()
    await odile.types("relance informes 2026-11-20 Par courriel")
    await odile.types("relance apercu")
    await odile.presses("Confirmer ces mots")
    await odile.is_told("C’est confirmé")
    await company.settled()
    introduction, look_at = await bob.reads()
    assert "the communication team" in introduction
    assert "Your plant is thirsty" in look_at
    assert look_at.count("Only answer me") == 1, "its ways out are there once"


@MEMORY
async def test_what_was_promised_waits_while_its_kind_is_paused_but_not_for_ever(
    odile: Human, company: Company, watering: Watering
) -> None:
    everybody = await known(company)
    await released_to(company, "watering")
    company.clock.advance(hours=10)  # in the evening: nobody is told before tomorrow
    watering.plants.needs(everybody["ana"])
    async with company.store.write() as session:
        planner = company.app.outbox.within(session, company.clock.now())
        for name in ("ana", "bob"):
            look = Say(lines=(Line(id="watering-please"),))
            await planner.tell(To(person=everybody[name]), look, name=name, kind="watering")
    await odile.types("nudge pause watering")
    await odile.is_told("C’est suspendu")
    company.clock.advance(hours=16)
    await company.settled()
    states = {each.name: (each.state, each.error) for each in await company.rows(Promise, kind="watering")}
    assert states == dict.fromkeys(("ana", "bob"), ("later", "held"))
    company.clock.advance(days=8)
    await company.settled()
    states = {each.name: (each.state, each.error) for each in await company.rows(Promise, kind="watering")}
    assert states == dict.fromkeys(("ana", "bob"), ("dropped", "held"))


@MEMORY
async def test_what_was_to_be_said_later_is_said_then_though_its_kind_was_paused_meanwhile(
    odile: Human, bob: Human, company: Company
) -> None:
    person = (await known(company))["bob"]
    await released_to(company, "watering")
    await odile.types("nudge pause watering")
    await odile.is_told("C’est suspendu")
    friday = company.clock.now() + timedelta(days=3)
    async with company.store.write() as session:
        planner = company.app.outbox.within(session, company.clock.now())
        for name, at in (("now", None), ("friday", friday)):
            say = Say(lines=(Line(id="watering-please"), plain(name)))
            await planner.tell(To(person=person), say, name=name, kind="watering", not_before=at)
    await odile.types("nudge resume watering")
    await odile.is_told("Les envois reprennent")
    await bob.is_told("now")
    company.clock.advance(days=2)
    await company.settled()
    await bob.is_not_told("friday")
    company.clock.advance_to(friday + timedelta(minutes=1))
    await bob.is_told("friday")


@MEMORY
async def test_what_waits_for_a_day_to_come_is_not_dropped_before_it(
    odile: Human, bob: Human, company: Company
) -> None:
    person = (await known(company))["bob"]
    await released_to(company, "watering")
    await odile.types("nudge pause watering")
    await odile.is_told("C’est suspendu")
    async with company.store.write() as session:
        planner = company.app.outbox.within(session, company.clock.now())
        say, at = Say(lines=(Line(id="watering-please"),)), company.clock.now() + timedelta(days=9)
        await planner.tell(To(person=person), say, name="later", kind="watering", not_before=at)
    company.clock.advance(days=10)
    await company.settled()
    await odile.types("nudge resume watering")
    await odile.is_told("Les envois reprennent")
    await bob.is_told("Your plant is thirsty")


@MEMORY
@pytest.mark.parametrize("freed", ["before the hush", "in the hush", "after the hush, nobody having looked"])
async def test_what_a_look_around_planned_is_dropped_by_a_hush_whenever_it_is_set_free(
    odile: Human, bob: Human, company: Company, freed: str
) -> None:
    person = (await known(company))["bob"]
    await released_to(company, "watering", "community.monday.look")
    await odile.types("nudge pause")
    await odile.is_told("C’est suspendu")
    company.clock.advance_to(datetime(2026, 11, 24, 20, 0, tzinfo=HOME))

    async def looks(name: str) -> None:
        """As a tick does."""
        async with company.store.write() as session:
            planner = company.app.outbox.within(session, company.clock.now())
            say = Say(lines=(Line(id="watering-please"), plain(name)))
            await planner.tell(To(person=person), say, name=name, kind="community.monday.look")

    async def resumes() -> None:
        await odile.types("nudge resume")
        await odile.is_told("Les envois reprennent")

    await looks("Monday")
    if freed == "before the hush":
        await resumes()
    await odile.types("nudge hush 2026-11-26")
    await odile.is_told("La trêve commence")
    if freed == "in the hush":
        await resumes()
    if freed.startswith("after"):
        await company.stop()
    company.clock.advance_to(datetime(2026, 11, 26, 10, 0, tzinfo=HOME))
    if freed.startswith("after"):
        await set_free(company)
        await company.start()
        await resumes()
    await company.settled()
    await bob.is_not_told("Monday")
    await looks("Thursday")
    company.app.wake()
    await bob.is_told("Thursday")
    (dropped,) = await company.rows(Promise, name="Monday")
    assert (dropped.state, dropped.error) == ("dropped", "hush")


async def set_free(company: Company) -> None:
    """What somebody else's press on "resume" does, before any sender looks."""
    async with company.store.write() as session:
        assert not await releases.free(session, ["watering", "community.monday.look"], company.clock.now())
