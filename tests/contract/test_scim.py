"""The roster pushed by an identity service: asked all that the RFCs promise, and what services really send."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from aiohttp import ClientError, ClientSession
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from yarl import URL

from bot import people
from bot.audit import Audit
from bot.chat import Profile, WebRequest
from bot.config import Listener
from bot.nudge import Context
from bot.outbox.planning import Plan
from bot.roster import applying
from bot.roster.reading import read
from bot.roster.scim import PATH, Service, models
from bot.roster.scim import service as door
from bot.web import Public
from storage.audit import Entry as Decision
from storage.database import Store
from storage.people import Account
from storage.roster import Entry, Pushed
from tests.contract.conftest import AT_EASE
from tests.contract.test_cli import Home
from tests.contract.world import START, World
from tests.humans import eventually
from tests.servers.process import free_port

TOKEN = "t" * 32
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
MORE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
ANA = {
    "schemas": [USER, MORE],
    "userName": "Ana@Example.org",
    "externalId": "00u1",
    "displayName": "Ana Martin",
    "name": {"givenName": "Ana", "familyName": "Martin"},
    "emails": [{"value": "home@example.org", "type": "home"}, {"value": "Ana@Example.org", "type": "work"}],
    "phoneNumbers": [{"value": "+33 1 23", "type": "work"}],
    "title": "Cook",
    "active": True,
    "preferredLanguage": "fr-FR",
    "timezone": "Europe/Paris",
    MORE: {"employeeNumber": "42", "department": "Kitchen", "division": "nobody asks for it"},
}


@dataclass
class Answer:
    """What was answered."""

    status: int
    said: Any
    headers: Mapping[str, str]


class Office:
    """The service that pushes, and what it pushes into."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.world = World(store)
        wanted = ["phone", "job"]
        self.service = Service(store, TOKEN, self.context, self.world.now, "https://parvis.example.org", wanted)

    def context(self, session: AsyncSession, now: datetime) -> Context:
        plan = Plan(session, now, self.world.attention)
        return Context(now, session, None, plan, Audit("k" * 64), None, {}, None, ("work", "club"))

    async def asks(self, method: str, path: str, said: Any = None, *, token: str = TOKEN) -> Answer:
        path, _, query = path.partition("?")
        body = said if isinstance(said, bytes) else json.dumps(said).encode() if said is not None else b""
        headers = {"authorization": f"Bearer {token}", "host": "here"}
        request = WebRequest(method=method, path=f"{PATH}{path}", query=query, headers=headers, body=body)
        answer = await self.service(request)
        assert answer.kind == "application/scim+json"
        return Answer(answer.status, json.loads(answer.body) if answer.body else None, answer.headers)

    async def makes(self, **other: Any) -> str:
        answer = await self.asks("POST", "Users", {**ANA, **other})
        assert answer.status == 201, answer.said
        return str(answer.said["id"])

    async def patches(self, scim: str, *operations: Mapping[str, Any]) -> Answer:
        return await self.asks("PATCH", f"Users/{scim}", {"schemas": [PATCH], "Operations": list(operations)})

    async def lines(self) -> dict[str, Entry]:
        async with self.store.read() as session:
            return {each.key: each for each in await session.exec(select(Entry))}

    async def met(self, platform: str, id: str, email: str) -> Account:
        async with self.store.write() as session:
            return await people.update(session, platform, Profile(id=id, name=id, email=email), START)


@pytest.fixture(params=AT_EASE)
def engine(request: pytest.FixtureRequest) -> str:
    """The database's engine."""
    return str(request.param)


@pytest.fixture
async def office(store: Store) -> Office:
    return Office(store)


@asynccontextmanager
async def listening(office: Office) -> AsyncIterator[str]:
    public = Public(Listener(host="127.0.0.1", port=0), {PATH: office.service})
    await public.start()
    try:
        yield f"http://127.0.0.1:{public.port}"
    finally:
        await public.stop()


# ---------------------------------------------------------------- what the RFCs promise


def relayed(base: str) -> Callable[[dict[str, Any], Callable[..., Any]], list[bytes]]:
    """What the library's client calls (PEP 3333), by a real connection."""

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        url = urlsplit(base)
        connection = HTTPConnection(url.hostname or "", url.port, timeout=10)
        headers = {"Authorization": environ["HTTP_AUTHORIZATION"], "Content-Type": "application/scim+json"}
        query = f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else ""
        path = quote(environ["PATH_INFO"].encode("latin-1"))
        connection.request(environ["REQUEST_METHOD"], path + query, environ["wsgi.input"].read(), headers)
        answer = connection.getresponse()
        start(f"{answer.status} {answer.reason}", answer.getheaders())
        said = answer.read()
        connection.close()
        return [said]

    return app


async def test_the_tester_of_the_library_finds_nothing_wrong(office: Office) -> None:
    async with listening(office) as base:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        client = WSGISCIMClient(relayed(base), f"{base}{PATH.rstrip('/')}", headers)
        results = await asyncio.to_thread(check_server, client)
    wrong = [f"{each.title}: {each.reason}" for each in results if each.status in {Status.ERROR, Status.CRITICAL}]
    assert not wrong, "\n".join(wrong)
    assert len([each for each in results if each.status == Status.SUCCESS]) > 50


# ---------------------------------------------------------------- who may


async def test_nobody_without_the_token_is_answered(office: Office) -> None:
    for token in ("", "wrong", TOKEN[:-1], f"{TOKEN}x", "é"):
        answer = await office.asks("GET", "Users", token=token)
        assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert answer.said["status"] == "401"
    request = WebRequest(method="GET", path=f"{PATH}Users", headers={"authorization": f"Basic {TOKEN}"})
    assert (await office.service(request)).status == 401
    assert (await office.service(WebRequest(method="GET", path=f"{PATH}Users", headers={}))).status == 401


async def test_who_guesses_does_so_slowly_and_keeps_nobody_else_out(office: Office) -> None:
    answers = [(await office.asks("GET", "Users", token=f"guess {each}")).status for each in range(20)]
    assert answers == [401] * 10 + [429] * 10
    assert (await office.asks("GET", "Users")).status == 200
    office.world.now.advance(seconds=60)
    assert (await office.asks("GET", "Users", token="again")).status == 401


async def test_too_many_requests_are_told_to_wait(office: Office) -> None:
    answers = [await office.asks("GET", "Users?count=0") for _ in range(int(door.BURST) + 1)]
    assert [each.status for each in answers[-2:]] == [200, 429]
    assert answers[-1].headers["Retry-After"] == "1"
    office.world.now.advance(seconds=1)
    assert (await office.asks("GET", "Users?count=0")).status == 200


async def test_a_body_that_is_too_large_is_refused(office: Office) -> None:
    async with listening(office) as base, ClientSession(base) as client:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with client.post(f"{PATH}Users", data=b"x" * (1 << 20 | 1), headers=headers) as answer:
            assert answer.status == 413
        async with client.get("/scim/v2", headers=headers) as answer:
            assert answer.status == 404


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b"[" * 100_000])
async def test_what_is_no_object_is_refused_as_scim_says(office: Office, body: bytes) -> None:
    answer = await office.asks("POST", "Users", body)
    assert (answer.status, answer.said["scimType"]) == (400, "invalidSyntax")


@pytest.mark.parametrize("text", ["\x00", "\ud800"])
@pytest.mark.parametrize("where", ["userName", "externalId", "title"])
async def test_a_text_that_no_database_keeps_is_refused_and_not_tried_for_ever(
    office: Office, where: str, text: str
) -> None:
    answer = await office.asks("POST", "Users", {**ANA, where: f"ana{text}@example.org"})
    assert (answer.status, answer.said["scimType"]) == (400, "invalidSyntax")


@pytest.mark.parametrize("path", ["Users/\x00", "Users?filter=userName%20eq%20%22%00%22"])
async def test_nobody_is_looked_for_by_such_a_text(office: Office, path: str) -> None:
    assert (await office.asks("GET", path)).status == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "Groups", 404), ("GET", "", 404), ("GET", "Users/nobody", 404), ("DELETE", "Users/nobody", 404),
        ("PATCH", "Users", 405), ("POST", "Users/x", 405), ("POST", "Bulk", 501), ("GET", "Me", 501),
        ("POST", "Schemas", 405), ("GET", "Schemas/urn:none", 404), ("GET", "Schemas?filter=x", 403),
        ("GET", "Users?filter=nonsense", 400), ("GET", "Users?filter=nothing%20eq%20%22x%22", 400),
        ("GET", "Users?startIndex=x", 400),
    ],
)  # fmt: skip
async def test_what_is_not_there_or_cannot_be_done_is_said_as_scim_says(
    office: Office, method: str, path: str, status: int
) -> None:
    answer = await office.asks(method, path, {} if method != "GET" else None)
    assert (answer.status, answer.said["status"]) == (status, str(status))
    assert answer.said["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


# ---------------------------------------------------------------- people


async def test_a_person_that_is_pushed_is_a_line_of_the_roster(office: Office) -> None:
    answer = await office.asks("POST", "Users", ANA)
    assert (answer.status, answer.said["userName"], answer.said["externalId"]) == (201, "Ana@Example.org", "00u1")
    assert answer.headers["Location"] == f"https://parvis.example.org/scim/v2/Users/{answer.said['id']}"
    assert answer.said["meta"]["location"] == answer.headers["Location"]
    line = (await office.lines())["42"]
    assert (line.source, line.state, line.email, line.name) == ("scim", "here", "ana@example.org", "Ana Martin")
    assert (line.department, line.job, line.language, line.zone) == ("Kitchen", "Cook", "fr", "Europe/Paris")
    assert json.loads(line.more) == {"phone": "+33 1 23"}
    async with office.store.read() as session:
        (said,) = await session.exec(select(Decision))
        assert (said.action, said.subject, said.after) == ("people.push", f"roster:{line.id}", '{"state":"new"}')


async def test_without_an_address_references_are_relative_whatever_the_request_says_of_its_host(office: Office) -> None:
    office.service = Service(office.store, TOKEN, office.context, office.world.now)
    answer = await office.asks("POST", "Users", ANA)
    assert answer.headers["Location"] == f"/scim/v2/Users/{answer.said['id']}"
    assert answer.said["meta"]["location"] == answer.headers["Location"]
    kinds = await office.asks("GET", "ResourceTypes/User")
    assert kinds.said["meta"]["location"] == "/scim/v2/ResourceTypes/User"
    listed = json.dumps((await office.asks("GET", "Users")).said)
    assert "http" not in listed


# ---------------------------------------------------------------- how much at once


def several(number: int) -> list[dict[str, str]]:
    return [{"value": f"n{each}@example.org", "type": f"t{each}"} for each in range(number)]


async def test_a_change_of_too_many_operations_is_refused(office: Office) -> None:
    scim = await office.makes()
    title = {"op": "replace", "path": "title", "value": "Baker"}
    answer = await office.patches(scim, *[title] * (models.OPERATIONS + 1))
    assert (answer.status, answer.said["status"]) == (413, "413")
    assert "scimType" not in answer.said, "none of RFC 7644's means this"
    assert "operations" in answer.said["detail"]
    assert (await office.lines())["42"].job == "Cook"
    assert (await office.patches(scim, *[title] * models.OPERATIONS)).status == 200
    assert (await office.lines())["42"].job == "Baker"


async def test_too_many_values_are_refused_however_they_come(office: Office) -> None:
    scim = await office.makes()
    many = several(models.VALUES + 1)
    at_once = {"op": "add", "path": "emails", "value": several(5_000)}
    for answer in (
        await office.asks("POST", "Users", {**ANA, "userName": "bob", "emails": many, MORE: {}}),
        await office.asks("PUT", f"Users/{scim}", {**ANA, "emails": many}),
        await office.patches(scim, {"op": "replace", "path": "emails", "value": many}),
        await office.patches(scim, *({"op": "add", "path": "emails", "value": [each]} for each in many)),
        await office.patches(scim, at_once, at_once),
        await office.patches(scim, {"op": "replace", "value": {"emails": several(5_000)}}),
    ):
        assert (answer.status, answer.said["scimType"]) == (400, "invalidValue")
    assert len((await office.asks("GET", f"Users/{scim}")).said["emails"]) == 2
    assert list(await office.lines()) == ["42"]
    fine = {"op": "replace", "path": "emails", "value": several(models.VALUES)}
    assert (await office.patches(scim, fine)).status == 200


async def test_what_nobody_needs_is_not_kept(office: Office) -> None:
    other = {"password": "hush", "addresses": [{"locality": "Paris"}], "roles": [{"value": "x"}], "nickName": "A"}
    scim = await office.makes(**other)
    async with office.store.read() as session:
        (kept,) = await session.exec(select(Pushed))
        assert not {"password", "addresses", "roles", "nickName"} & json.loads(kept.body).keys()
    shown = (await office.asks("GET", f"Users/{scim}")).said
    assert not other.keys() & shown.keys()


async def test_values_that_cannot_be_used_are_given_back_and_not_used(office: Office) -> None:
    scim = await office.makes(timezone="Mars/Olympus", preferredLanguage="tlhh", emails=[{"value": "no address"}])
    line = (await office.lines())["42"]
    assert (line.zone, line.language, line.email) == ("", "", "")
    assert (await office.asks("GET", f"Users/{scim}")).said["timezone"] == "Mars/Olympus"


async def test_one_user_name_is_one_persons(office: Office) -> None:
    await office.makes()
    again = await office.asks("POST", "Users", {**ANA, "userName": "ANA@example.org", MORE: {"employeeNumber": "43"}})
    assert (again.status, again.said["scimType"]) == (409, "uniqueness")
    number = await office.asks("POST", "Users", {**ANA, "userName": "other@example.org"})
    assert (number.status, number.said["scimType"]) == (409, "uniqueness")
    assert len(await office.lines()) == 1


@pytest.mark.parametrize(
    "by",
    ['userName eq "ana@EXAMPLE.org"', 'externalId eq "00u1"', 'id eq "ID"', 'emails.value co "home"',
     'userName eq "Ana@Example.org" and active eq true', 'displayName sw "ana"'],
)  # fmt: skip
async def test_a_person_is_found(office: Office, by: str) -> None:
    scim = await office.makes()
    await office.makes(userName="bob@example.org", externalId="00u2", displayName="Bob", emails=[], **{MORE: {}})
    answer = await office.asks("GET", f"Users?filter={quote(by.replace('ID', scim))}")
    assert (answer.said["totalResults"], [each["id"] for each in answer.said["Resources"]]) == (1, [scim])


async def test_a_name_with_marks_in_it_is_found_over_a_real_connection(office: Office) -> None:
    scim = await office.makes(userName='ana+x&y="%41@example.org')
    asked = urlencode({"filter": r'userName eq "ana+x&y=\"%41@example.org"'})
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with listening(office) as base, ClientSession(base, headers=headers) as client:
        async with client.get(URL(f"{base}{PATH}Users?{asked}", encoded=True)) as answer:
            assert [each["id"] for each in (await answer.json(content_type=None))["Resources"]] == [scim]
        async with client.get(f"{PATH}Users/{scim}") as answer:
            assert (await answer.json(content_type=None))["userName"] == 'ana+x&y="%41@example.org'


async def test_nobody_found_is_an_empty_list(office: Office) -> None:
    nobody = quote('userName eq "nobody"')
    answer = await office.asks("GET", f"Users?filter={nobody}")
    assert (answer.status, answer.said["totalResults"], answer.said["Resources"]) == (200, 0, [])


async def test_a_list_comes_in_pages(office: Office) -> None:
    made = [await office.makes(userName=f"u{each}", externalId="", **{MORE: {}}) for each in range(5)]
    first = (await office.asks("GET", "Users?count=2")).said
    assert (first["totalResults"], first["itemsPerPage"], first["startIndex"]) == (5, 2, 1)
    third = (await office.asks("GET", "Users?startIndex=5&count=2&attributes=userName")).said
    assert [(each["id"], each["userName"]) for each in third["Resources"]] == [(made[4], "u4")]
    assert "emails" not in third["Resources"][0]
    beyond = (await office.asks("GET", "Users?startIndex=9&count=0")).said
    assert (beyond["totalResults"], beyond["Resources"]) == (5, [])


async def test_who_is_not_active_left_and_returns(office: Office) -> None:
    scim = await office.makes()
    office.world.now.advance(days=1)
    answer = await office.patches(scim, {"op": "Replace", "path": "active", "value": "False"})  # as Entra writes it
    assert (answer.status, answer.said["active"]) == (200, False)
    line = (await office.lines())["42"]
    assert (line.state, line.left_at) == ("left", START + timedelta(days=1))
    await office.patches(scim, {"op": "replace", "value": {"active": True}})  # as Okta does
    line = (await office.lines())["42"]
    assert (line.state, line.left_at) == ("here", None)
    async with office.store.read() as session:
        states = [json.loads(each.after)["state"] for each in await session.exec(select(Decision))]
    assert states == ["new", "left", "returned"]


async def test_who_is_deleted_left_and_may_come_again(office: Office) -> None:
    scim = await office.makes()
    assert (await office.asks("DELETE", f"Users/{scim}")).status == 204
    assert (await office.asks("GET", f"Users/{scim}")).status == 404
    assert (await office.lines())["42"].state == "left"
    again = await office.makes()
    assert again != scim
    assert [each.state for each in (await office.lines()).values()] == ["here"]


async def test_what_entra_writes_is_taken_as_it_is_meant(office: Office) -> None:
    boss = await office.makes(userName="boss@example.org", externalId="b", **{MORE: {"employeeNumber": "1"}})
    scim = await office.makes()
    answer = await office.patches(
        scim,
        {"op": "Add", "path": f"{MORE}:department", "value": "Garden"},
        {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "ana.roy@example.org"},
        {"op": "Add", "path": 'phoneNumbers[type eq "mobile"].value', "value": "+33 6"},
        {"op": "Replace", "path": "name.familyName", "value": "Roy"},
        {"op": "Add", "path": "displayName", "value": "Ana Roy"},
        {"op": "Add", "path": f"{MORE}:manager", "value": boss},
        {"op": "Add", "path": 'addresses[type eq "work"].locality', "value": "Paris"},
    )
    assert answer.status == 200, answer.said
    line = (await office.lines())["42"]
    assert (line.department, line.email, line.name, line.manager) == ("Garden", "ana.roy@example.org", "Ana Roy", "1")
    await office.patches(scim, {"op": "Remove", "path": f"{MORE}:manager"})
    assert (await office.lines())["42"].manager == ""


async def test_a_person_is_replaced_as_a_whole(office: Office) -> None:
    scim = await office.makes()
    answer = await office.asks("PUT", f"Users/{scim}", {"schemas": [USER, MORE], "id": scim, "userName": "ana",
                                                        MORE: {"employeeNumber": "42"}})  # fmt: skip
    assert answer.status == 200
    assert "title" not in answer.said
    line = (await office.lines())["42"]
    assert (line.job, line.department, line.email) == ("", "", "")


async def test_a_new_number_keeps_the_line_and_those_below_follow(office: Office) -> None:
    boss = await office.makes(userName="boss", externalId="b", emails=[], **{MORE: {}})
    await office.makes(**{MORE: {"employeeNumber": "42", "manager": {"value": boss}}})
    before = await office.lines()
    await office.patches(boss, {"op": "add", "path": f"{MORE}:employeeNumber", "value": "7"})
    after = await office.lines()
    assert after["7"].id == before["boss"].id
    assert after["42"].manager == "7"


async def test_a_failed_change_changes_nothing(office: Office) -> None:
    scim = await office.makes()
    before = await office.lines()
    answer = await office.patches(
        scim, {"op": "replace", "path": "title", "value": "Chef"}, {"op": "remove", "path": "userName"}
    )
    assert answer.status == 400
    assert (await office.asks("GET", f"Users/{scim}")).said["title"] == "Cook"
    assert await office.lines() == before


# ---------------------------------------------------------------- beside a file, and matching


async def test_who_came_by_a_file_is_taken_over(office: Office) -> None:
    text = "key,email,name,desk\n42,other@example.org,Ana,B1\n9,bob@example.org,Bob,B2\n"
    await applying.take_over(office.store, Audit("k" * 64), read(text.encode()), START)
    before = await office.lines()
    await office.makes()
    await office.makes(userName="bob@example.org", externalId="", emails=[], **{MORE: {}})
    after = await office.lines()
    assert (after["42"].id, after["42"].source) == (before["42"].id, "scim")
    assert (after["bob@example.org"].id, after["bob@example.org"].source) == (before["9"].id, "scim")


async def test_a_push_matches_accounts_and_makes_two_people_one(office: Office) -> None:
    work, club = await office.met("work", "UANA", "ana@example.org"), await office.met("club", "a", "ana@example.org")
    assert work.person_id != club.person_id
    await office.makes()
    assert (await office.lines())["42"].person_id == work.person_id
    async with office.store.read() as session:
        assert set(await session.exec(select(Account.person_id))) == {work.person_id}


async def test_pushes_at_once_make_one_line(office: Office) -> None:
    answers = await asyncio.gather(*(office.asks("POST", "Users", ANA) for _ in range(5)))
    assert sorted(each.status for each in answers) == [201, 409, 409, 409, 409]
    assert len(await office.lines()) == 1


# ---------------------------------------------------------------- the bot as it runs


async def test_the_running_bot_is_pushed_to_and_its_log_holds_neither_token_nor_names(tmp_path: Path) -> None:
    port, public = free_port(), free_port()
    home = Home(tmp_path, port)
    file = tmp_path / "parvis.toml"
    file.write_text(f'roster.scim = true\nweb.public = "127.0.0.1:{public}"\n{file.read_text("utf-8")}', "utf-8")
    secret, guessed = "scim-secret-" * 4, "guessed-token-" * 3
    with home.started(PARVIS_SCIM_TOKEN=secret):
        async with ClientSession(f"http://127.0.0.1:{public}") as client:

            async def pushed() -> bool:
                try:
                    async with client.post(
                        f"{PATH}Users", json=ANA, headers={"Authorization": f"Bearer {secret}"}
                    ) as answer:
                        return answer.status in {201, 409}
                except ClientError:
                    return False

            await eventually(pushed, "the person is pushed")
            async with client.get(f"{PATH}Users", headers={"Authorization": f"Bearer {guessed}"}) as answer:
                assert answer.status == 401
    log = home.log.read_text("utf-8")
    assert "pushed without the token" in log
    assert not [each for each in (secret, guessed, "Martin", "example.org") if each in log]
    async with home.store() as store, store.read() as session:
        assert [each.key for each in await session.exec(select(Entry))] == ["42"]
