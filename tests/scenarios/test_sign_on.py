"""A page is opened with the company's own account: by whom it is for, and by nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select

from bot.nudge import Nudge
from nudges import NUDGES
from storage.people import Account
from storage.roster import Entry
from storage.visits import Visit
from tests.humans import Human
from tests.scenarios import library
from tests.scenarios.company import Company
from tests.scenarios.pages import listening, loses_roles, on_the_web
from tests.scenarios.test_visits import INSIDE, Browser, browser
from tests.servers.oidc import CLIENT, Service, sign_on
from tests.servers.process import free_port


@pytest.fixture
def issuer() -> int:
    """The port of the company's sign-on."""
    return free_port()


@pytest.fixture
def settings(port: int, issuer: int) -> dict[str, Any]:
    return {
        **on_the_web(port),
        "sign_on": {"issuer": f"http://127.0.0.1:{issuer}", "client_id": CLIENT},
    }


@pytest.fixture
def capabilities() -> Sequence[Nudge]:
    return (*NUDGES, library.nudge())


@pytest.fixture
async def service(company: Company, port: int, issuer: int) -> AsyncIterator[Service]:
    """The company's sign-on, at which alice signs on; and the listener of the running bot."""
    async with AsyncExitStack() as stack:
        there = await stack.enter_async_context(sign_on(issuer, company.clock.now))
        there.who = {"email": "alice@example.org", "email_verified": True}
        await stack.enter_async_context(listening(company.app, port))
        yield there


async def person(company: Company, human: Human) -> int:
    """The person behind an account."""
    (account,) = await company.rows(Account, external_id=human.external)
    return int(account.person_id)


async def listed(company: Company, human: Human, email: str) -> None:
    """The company's list of its people has an address of somebody."""
    number, now = await person(company, human), company.clock.now()
    async with company.store.write() as session:
        key = f"{human.name}-{email}"
        session.add(Entry(key=key, email=email, person_id=number, created_at=now, changed_at=now))


async def begun(theirs: Browser, base: str, to: str = "library") -> str:
    """Somebody presses the button of the page that they wanted: where the company's sign-on sends them back to."""
    wanted = await theirs.sees(f"{base}/{to}/", 401)
    (way,) = [each.split('"')[0] for each in wanted.split('href="') if each.startswith("/visit/sign-in")]
    at, _ = await theirs.is_sent(base + way)
    return (await theirs.is_sent(at))[0]


async def ends(theirs: Browser, base: str) -> tuple[int, str]:
    answer = await theirs.asks(await begun(theirs, base))
    return answer.status, await answer.text()


@pytest.fixture
def base(port: int) -> str:
    return f"http://127.0.0.1:{port}"


async def test_who_signs_in_with_the_companys_account_sees_the_page(
    alice: Human, arthur: Human, company: Company, service: Service, base: str
) -> None:
    await company.acquainted()
    await listed(company, alice, "alice@example.org")
    await listed(company, arthur, "arthur@example.org")
    async with browser() as hers, browser("fr") as his:
        assert "Sign in with your company account" in await hers.sees(f"{base}/library/", 401)
        back = await begun(hers, base)
        answer = await hers.asks(back)
        assert (answer.status, str(answer.url)) == (200, f"{base}/library/")
        assert "The library of alice" in await answer.text()
        assert "The library of alice" in await hers.sees(f"{base}/library/"), "for as long as a visit lasts"
        # What came back once is good for nothing more, here or elsewhere.
        assert "This sign-on is over" in await hers.sees(back, 400)
        assert "Cette connexion est terminée" in await his.sees(back, 400)
        service.who["email"] = "Arthur@Example.org"
        status, seen = await ends(his, base)
        assert (status, "La bibliothèque de arthur" in seen) == (200, True)
        company.clock.advance(hours=9)
        assert "Sign in with your company account" in await hers.sees(f"{base}/library/", 401)
        await hers.asks(f"{base}/visit/leave", "POST")
    assert {visit.person_id for visit in await company.rows(Visit)} == {
        await person(company, alice), await person(company, arthur),
    }  # fmt: skip


@INSIDE
async def test_what_they_may_see_is_what_their_roles_say(
    ana: Human, alice: Human, company: Company, service: Service, base: str
) -> None:
    await ana.types("help")
    await company.settled()
    await listed(company, ana, "ana@example.org")
    await listed(company, alice, "alice@example.org")
    service.who["email"] = "ana@example.org"
    async with browser() as hers:
        status, seen = await ends(hers, base)
        assert (status, "Cette page n’est pas pour vous" in seen) == (403, True), "an employee, in their language"
    async with browser() as hers:
        service.who["email"] = "alice@example.org"
        assert (await ends(hers, base))[0] == 200
        await loses_roles(company, alice)
        assert "This page is not for you" in await hers.sees(f"{base}/library/", 403)


@INSIDE
async def test_a_platforms_own_address_names_somebody_too(
    alice: Human, company: Company, service: Service, base: str
) -> None:
    await company.acquainted()
    async with company.store.write() as session:
        account = (await session.exec(select(Account).where(Account.external_id == alice.external))).one()
        account.email = "alice@example.org"
        session.add(account)
    async with browser() as hers:
        assert (await ends(hers, base))[0] == 200


@INSIDE
async def test_whoever_is_not_known_for_sure_is_told_what_to_do(
    alice: Human, arthur: Human, company: Company, service: Service, base: str
) -> None:
    async with browser() as theirs:

        async def told(status: int, *words: str) -> None:
            seen = await ends(theirs, base)
            assert seen[0] == status, seen
            assert all(each in seen[1] for each in (*words, "write “library” to me in the chat")), seen
            await theirs.sees(f"{base}/library/", 401)

        await told(403, "I know nobody by this account", "Tell an administrator")
        await listed(company, alice, "alice@example.org")
        await listed(company, arthur, "alice@example.org")
        await told(403, "I cannot tell who you are")
        service.faults = {"email_verified": False}
        await told(403, "Your address is not confirmed")
        service.faults = {"nonce": "another"}
        await told(403, "I cannot trust what")
        service.faults, service.refuses = {}, "access_denied"
        await told(403, "You did not sign in", "/visit/sign-in?to=library")
        service.refuses = "temporarily_unavailable"
        await told(502, "does not answer", "/visit/sign-in?to=library")
        service.refuses = "invalid_scope"
        await told(403, "I cannot trust what")
        service.refuses, service.state = "", "another"
        await told(400, "This sign-on is over")
        service.state = ""
        back = await begun(theirs, base)
        service.status = 500
        assert "does not answer" in await theirs.sees(back, 502)
        service.status = 200
        back = await begun(theirs, base)
        company.clock.advance(minutes=11)
        assert "This sign-on is over" in await theirs.sees(back, 400)
    assert await company.rows(Visit) == []


@INSIDE
async def test_it_begins_for_pages_alone_and_leads_nowhere_else(company: Company, service: Service, base: str) -> None:
    async with browser() as theirs:
        for to in ("", "nothing", "//example.org", "https://example.org", "library/../x"):
            assert "There is nothing here" in await theirs.sees(f"{base}/visit/sign-in?to={to}", 404)
        for path in ("sign-in?to=library", "signed-in"):
            assert (await theirs.asks(f"{base}/visit/{path}", "POST")).status == 405
        assert "This sign-on is over" in await theirs.sees(f"{base}/visit/signed-in?code=x&state=", 400)
        at, cookie = await theirs.is_sent(f"{base}/visit/sign-in?to=library")
        asked = parse_qs(urlsplit(at).query)
        assert asked["redirect_uri"] == [f"{base}/visit/signed-in"]
        assert asked["code_challenge_method"] == ["S256"]
        assert "HttpOnly; SameSite=Lax" in cookie
        assert asked["nonce"][0] not in cookie
    async with browser("fr") as theirs:
        service.status = 503
        company.clock.advance(hours=2)
        assert "La connexion de votre entreprise ne répond pas" in await theirs.sees(
            f"{base}/visit/sign-in?to=library", 502
        )


@INSIDE
async def test_a_state_that_somebody_copied_with_its_cookie_enters_once(
    alice: Human, company: Company, service: Service, base: str
) -> None:
    await listed(company, alice, "alice@example.org")
    async with browser() as hers:
        back = await begun(hers, base)
        assert (await hers.asks(back)).status == 200
        # The service would give another code for the same state: it is not used again.
        again, _ = await hers.is_sent(service.last)
        assert again != back
        assert "This sign-on is over" in await hers.sees(again, 400)
    assert len(await company.rows(Visit)) == 1
