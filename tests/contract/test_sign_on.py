"""What the company's sign-on says is believed when all of it fits, and only then."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession
from joserfc import jwk
from pydantic import SecretStr

from bot.cli.doctoring import signon
from bot.cli.voice import voice
from bot.config import Config, SignOnSettings, Web
from bot.web.signon.identity import Known, NotSignedOnError
from bot.web.signon.provider import KEYS_AGAIN, LARGEST, Provider
from storage import matching
from storage.database import Store
from storage.people import Account, Person
from storage.roster import Entry
from tests.servers.oidc import CLIENT, SECRET, Service, sign_on
from tests.servers.process import free_port

BACK = "https://parvis.example.org/visit/signed-in"
ANA = {"email": "Ana@Example.org", "email_verified": True}
VERIFIER = "v" * 43
STRANGER = jwk.RSAKey.generate_key(2048, {"kid": "first"})


@dataclass
class Clock:
    at: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def service(clock: Clock) -> AsyncIterator[Service]:
    async with sign_on(free_port(), clock.now) as there:
        there.who = dict(ANA)
        yield there


@pytest.fixture
def provider(service: Service, clock: Clock) -> Provider:
    return asking(service, clock)


def asking(service: Service, clock: Clock, secret: str = SECRET, **settings: Any) -> Provider:
    return Provider(SignOnSettings(issuer=service.issuer, client_id=CLIENT, **settings), secret, clock.now)


async def code(provider: Provider, verifier: str = VERIFIER) -> tuple[str, str]:
    """Somebody signs on: the code that they come back with, and the issuer that came with it."""
    challenge = base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    at = await provider.begins(BACK, "state", "nonce", challenge, "fr")
    async with ClientSession() as http, http.get(at, allow_redirects=False) as answer:
        assert answer.status == 302, await answer.text()
        back = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert back["state"] == ["state"]
    return back["code"][0], back["iss"][0]


async def whom(provider: Provider) -> Known:
    found, issuer = await code(provider)
    return await provider.whom(found, BACK, "nonce", VERIFIER, issuer)


async def refused(provider: Provider) -> tuple[str, str]:
    with pytest.raises(NotSignedOnError) as no:
        await whom(provider)
    assert SECRET not in str(no.value)
    return no.value.why, no.value.reason


async def test_a_confirmed_address_is_believed(provider: Provider, service: Service) -> None:
    assert await whom(provider) == Known("address", "ana@example.org")
    assert service.seen == ["/.well-known/openid-configuration", "/authorize", "/token", "/keys"]
    await whom(provider)
    assert service.seen[4:] == ["/authorize", "/token"], "what it says of itself is kept for an hour"


@pytest.mark.parametrize("issuer", ["{0}", "{0}/"])
async def test_the_issuer_may_end_with_a_stroke(service: Service, clock: Clock, issuer: str) -> None:
    service.said["issuer"] = service.faults["iss"] = f"{service.issuer}/"
    provider = Provider(SignOnSettings(issuer=issuer.format(service.issuer), client_id=CLIENT), SECRET, clock.now)
    found, _ = await code(provider)
    assert await provider.whom(found, BACK, "nonce", VERIFIER) == Known("address", "ana@example.org")


@pytest.mark.parametrize(
    ("faults", "reason"),
    [
        ({"nonce": "another"}, "invalid_claim:nonce"),
        ({"nonce": None}, "missing_claim:nonce"),
        ({"aud": "another"}, "invalid_claim:aud"),
        ({"aud": [CLIENT, "another"]}, "invalid_claim:azp"),
        ({"aud": [CLIENT], "azp": "another"}, "invalid_claim:azp"),
        ({"iss": "https://elsewhere.example.org"}, "invalid_claim:iss"),
        ({"iss": None}, "missing_claim:iss"),
        ({"exp": 1_700_000_000}, "expired_token:exp"),
        ({"exp": None}, "missing_claim:exp"),
        ({"exp": "never"}, "invalid_claim:exp"),
        ({"iat": 4_000_000_000}, "invalid_claim:iat"),
        ({"nbf": 4_000_000_000}, "invalid_claim:nbf"),
        ({"sub": None}, "missing_claim:sub"),
    ],
)
async def test_a_token_that_does_not_fit_is_refused(
    provider: Provider, service: Service, faults: dict[str, Any], reason: str
) -> None:
    service.faults = faults
    assert await refused(provider) == ("wrong", reason)


async def test_several_audiences_are_fine_where_it_says_that_it_was_for_us(
    provider: Provider, service: Service
) -> None:
    service.faults = {"aud": [CLIENT, "another"], "azp": CLIENT}
    assert (await whom(provider)).by == "address"


@pytest.mark.parametrize(
    ("header", "key", "reason"),
    [
        ({}, STRANGER, "bad_signature"),
        ({"kid": "unheard-of"}, STRANGER, "key"),
        ({"alg": "none"}, None, "unsupported_algorithm"),
        ({"alg": "HS256"}, jwk.OctKey.import_key(SECRET), "unsupported_algorithm"),
        ({"alg": "ES256"}, jwk.ECKey.generate_key("P-256", {"kid": "first"}), "invalid_key_type"),
    ],
)
async def test_a_forged_signature_is_refused(
    provider: Provider, service: Service, header: dict[str, Any], key: Any, reason: str
) -> None:
    service.header, service.signs_with = header, key
    assert await refused(provider) == ("wrong", reason)


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256"])
async def test_what_services_sign_with_is_taken(provider: Provider, service: Service, algorithm: str) -> None:
    if algorithm == "ES256":
        service.key = jwk.ECKey.generate_key("P-256", {"kid": "second"})
    service.header = {"alg": algorithm}
    assert (await whom(provider)).value == "ana@example.org"


async def test_keys_that_changed_are_asked_for_once_more(provider: Provider, service: Service, clock: Clock) -> None:
    await whom(provider)
    service.turns_keys()
    assert await refused(provider) == ("wrong", "key"), "not with every token that somebody makes up"
    clock.at += KEYS_AGAIN
    assert (await whom(provider)).value == "ana@example.org"


@pytest.mark.parametrize("said", [{"email_verified": False}, {"email_verified": "no"}, {"email_verified": None}])
async def test_an_address_that_is_not_confirmed_is_nobodys(
    provider: Provider, service: Service, said: dict[str, Any]
) -> None:
    service.faults = said
    assert await refused(provider) == ("unverified", "not_confirmed")


async def test_another_claim_may_confirm_it(service: Service, clock: Clock) -> None:
    provider = asking(service, clock, verified_by="xms_edov")
    assert await refused(provider) == ("unverified", "not_confirmed")
    service.who["xms_edov"] = "1"
    assert (await whom(provider)).value == "ana@example.org"


async def test_another_claim_may_say_who_it_is(service: Service, clock: Clock) -> None:
    provider = asking(service, clock, claim="employee_number")
    assert await refused(provider) == ("unknown", "no_claim")
    service.who["employee_number"] = "S9"
    assert await whom(provider) == Known("key", "S9")


async def test_what_the_token_leaves_out_is_asked_for(provider: Provider, service: Service) -> None:
    service.who, service.beside = {}, dict(ANA)
    assert (await whom(provider)).value == "ana@example.org"
    service.beside["sub"] = "another"
    assert await refused(provider) == ("wrong", "another_sub")


async def test_codes_are_for_who_began_and_good_once(provider: Provider) -> None:
    found, _ = await code(provider, "w" * 43)
    for verifier in (VERIFIER, "w" * 43):
        with pytest.raises(NotSignedOnError, match="invalid_grant"):
            await provider.whom(found, BACK, "nonce", verifier)
    found, issuer = await code(provider)
    with pytest.raises(NotSignedOnError, match="invalid_claim:iss"):
        await provider.whom(found, BACK, "nonce", VERIFIER, "https://elsewhere.example.org")
    await provider.whom(found, BACK, "nonce", VERIFIER, issuer)
    with pytest.raises(NotSignedOnError, match="invalid_grant"):
        await provider.whom(found, BACK, "nonce", VERIFIER, issuer)


async def test_the_secret_is_shown_as_the_service_wants_it(service: Service, clock: Clock) -> None:
    service.only_post = True
    assert (await whom(asking(service, clock))).value == "ana@example.org"
    assert await refused(asking(service, clock, "another")) == ("wrong", "invalid_client")


@pytest.mark.parametrize(
    ("said", "why", "reason"),
    [
        ({"issuer": "https://elsewhere.example.org"}, "wrong", "another_issuer"),
        ({"token_endpoint": "ftp://127.0.0.1/token"}, "wrong", "not_secure"),
        ({"jwks_uri": None}, "away", "no_configuration"),
        ({"more": "x" * LARGEST}, "away", "too_large"),
    ],
)
async def test_a_service_that_is_another_one_is_not_asked(
    provider: Provider, service: Service, said: dict[str, Any], why: str, reason: str
) -> None:
    service.said = said
    assert await refused(provider) == (why, reason)
    assert "/token" not in service.seen


async def test_a_service_that_is_away_is_said_to_be_so(service: Service, clock: Clock) -> None:
    service.status = 503
    assert await refused(asking(service, clock)) == ("away", "status_503")
    service.status, service.hangs = 200, True
    hasty = Provider(SignOnSettings(issuer=service.issuer, client_id=CLIENT), SECRET, clock.now, within=0.05)
    assert await refused(hasty) == ("away", "too_slow")
    nobody = Provider(SignOnSettings(issuer=f"http://127.0.0.1:{free_port()}", client_id=CLIENT), SECRET, clock.now)
    assert (await refused(nobody))[0] == "away"


NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


async def test_an_address_names_one_person_or_nobody(store: Store) -> None:
    async with store.write() as session:
        people = [Person(name=name, created_at=NOW) for name in ("ana", "bob", "eve", "ana again")]
        session.add_all(people)
        await session.flush()
        ana, bob, eve, again = (each.id or 0 for each in people)
        people[3].joined_to = ana
        for person, email, kind in ((ana, "a@x.org", "member"), (again, "a@x.org", "member"), (eve, "e@x.org", "gone")):
            external = f"U{person}"
            account = Account(person_id=person, platform="acme", external_id=external, kind=kind, created_at=NOW)
            account.email = email
            session.add(account)
        for key, email, whose, state in (
            ("1", "b@x.org", bob, "here"), ("2", "l@x.org", eve, "left"), ("3", "n@x.org", None, "here"),
            ("4", "a@x.org", ana, "here"), ("5", "s@x.org", ana, "here"), ("6", "s@x.org", bob, "here"),
        ):  # fmt: skip
            line = Entry(key=key, email=email, person_id=whose, state=state, created_at=NOW, changed_at=NOW)
            session.add(line)
    async with store.read() as session:
        wanted = {"a": {ana}, "b": {bob}, "e": set(), "l": set(), "n": set(), "s": {ana, bob}}
        assert {each: await matching.with_address(session, f"{each}@x.org") for each in wanted} == wanted
        assert await matching.with_address(session, "") == set()
        assert [await matching.with_key(session, key) for key in ("1", "2", "3", "9")] == [{bob}, set(), set(), set()]


async def test_the_doctor_says_whether_it_answers_and_accepts_the_bot(service: Service, clock: Clock) -> None:
    construct: Any = Config.model_construct  # nothing else is looked at

    def config(**settings: Any) -> Any:
        signing = SignOnSettings(issuer=service.issuer, client_id=CLIENT).model_copy(update=settings)
        return construct(sign_on=signing, sign_on_secret=SecretStr(SECRET), web=Web())

    async def seen(**settings: Any) -> list[tuple[str, str, str]]:
        return [(each.code, each.state, each.evidence) async for each in signon.looked(config(**settings), clock.now)]

    assert await seen() == [("sign-on", "fine", "")]
    assert await seen(client_id="another") == [("sign-on-client", "wrong", "invalid_client")]
    service.status = 503
    (found,) = [each async for each in signon.looked(config(), clock.now)]
    assert (found.code, found.state, found.evidence) == ("sign-on", "wrong", "status_503")
    for language in ("en", "fr"):
        assert service.issuer in found.says(voice({"LANG": language}))
        assert "[sign_on]" in found.todo(voice({"LANG": language}))
    assert await seen(issuer="") == []
