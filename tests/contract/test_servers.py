"""The servers that tests stand on do what they promise."""

import os
from pathlib import Path
from uuid import uuid4

import pytest
from nio import (
    AsyncClient,
    AsyncClientConfig,
    JoinResponse,
    RoomCreateResponse,
    RoomMessageText,
    RoomSendResponse,
    SyncResponse,
)
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from tests.servers.postgres import Postgres
from tests.servers.synapse import Account, NameInUseError, Synapse


def client(synapse: Synapse, account: Account) -> AsyncClient:
    made = AsyncClient(synapse.url, account.user_id, config=AsyncClientConfig(encryption_enabled=False))
    made.restore_login(account.user_id, account.device_id, account.access_token)
    return made


def texts(answer: SyncResponse, room_id: str) -> list[str]:
    events = answer.rooms.join[room_id].timeline.events
    return [event.body for event in events if isinstance(event, RoomMessageText)]


async def test_one_person_reads_what_another_wrote(synapse: Synapse) -> None:
    mark = uuid4().hex[:8]
    aline, bruno = await synapse.register(f"aline-{mark}"), await synapse.register(f"bruno-{mark}")
    writer, reader = client(synapse, aline), client(synapse, bruno)
    try:
        room = await writer.room_create(invite=[bruno.user_id])
        assert isinstance(room, RoomCreateResponse)
        assert isinstance(await reader.join(room.room_id), JoinResponse)
        content = {"msgtype": "m.text", "body": "Bonjour Bruno"}
        assert isinstance(await writer.room_send(room.room_id, "m.room.message", content), RoomSendResponse)
        answer = await reader.sync(timeout=5000)
        assert isinstance(answer, SyncResponse)
        assert texts(answer, room.room_id) == ["Bonjour Bruno"]
    finally:
        await writer.close()
        await reader.close()


async def test_people_have_names_and_administrators_have_rights(synapse: Synapse) -> None:
    mark = uuid4().hex[:8]
    boss = await synapse.register(f"boss-{mark}", admin=True, display_name="Élodie Martin")
    profile = await synapse.call("GET", f"/_matrix/client/v3/profile/{boss.user_id}")
    assert profile["displayname"] == "Élodie Martin"
    seen = await synapse.call("GET", f"/_synapse/admin/v2/users/{boss.user_id}", token=boss.access_token)
    assert seen["admin"]
    with pytest.raises(NameInUseError):
        await synapse.register(f"boss-{mark}")


async def test_a_public_room_is_listed(synapse: Synapse) -> None:
    person = await synapse.register(f"host-{uuid4().hex[:8]}")
    made = await synapse.call(
        "POST", "/_matrix/client/v3/createRoom", {"visibility": "public", "name": "Chorale"}, token=person.access_token
    )
    listed = await synapse.call("GET", "/_matrix/client/v3/publicRooms", token=person.access_token)
    assert made["room_id"] in [room["room_id"] for room in listed["chunk"]]


async def test_messages_are_not_limited_by_default(synapse: Synapse) -> None:
    person = await synapse.register(f"talker-{uuid4().hex[:8]}")
    room = await synapse.call("POST", "/_matrix/client/v3/createRoom", {}, token=person.access_token)
    for number in range(20):
        path = f"/_matrix/client/v3/rooms/{room['room_id']}/send/m.room.message/{number}"
        answer = await synapse.call("PUT", path, {"msgtype": "m.text", "body": "…"}, token=person.access_token)
        assert "event_id" in answer


@pytest.mark.matrix
async def test_a_kept_server_remembers_people_and_can_limit_them(tmp_path: Path) -> None:
    first = Synapse(tmp_path)
    try:
        await first.start()
        before = await first.register("claire", password="one-password")
        port = first.port
        await first.restart()
        assert first.port == port
        assert (await first.login("claire", "one-password")).user_id == before.user_id
    finally:
        await first.stop()
        first.remove()
    assert (tmp_path / "homeserver.db").exists(), "a directory that was given is never deleted"

    async with Synapse(tmp_path, port=first.port, rate_limits=True) as second:
        room = await second.call("POST", "/_matrix/client/v3/createRoom", {}, token=before.access_token)
        path = f"/_matrix/client/v3/rooms/{room['room_id']}/send/m.room.message"
        answers = [
            await second.call("PUT", f"{path}/{n}", {"msgtype": "m.text", "body": "…"}, token=before.access_token)
            for n in range(12)
        ]
        assert "M_LIMIT_EXCEEDED" in [answer.get("errcode") for answer in answers]
        pid = second.pid
        assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_postgres_answers(postgres_url: str) -> None:
    engine = create_async_engine(postgres_url)
    try:
        async with engine.connect() as connection:
            assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
            lowered = (await connection.execute(text("SELECT lower('ÉLODIE')"))).scalar_one()
            assert lowered == "élodie"
    finally:
        await engine.dispose()


async def test_each_database_is_empty_and_goes_away(postgres: Postgres) -> None:
    async with postgres.database() as one, postgres.database() as two:
        assert one != two
        engine = create_async_engine(one)
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TABLE noted (id int)"))
        # Left open on purpose: a database goes away even with somebody connected.
    await engine.dispose()
    with pytest.raises(DBAPIError, match="does not exist"):
        await create_async_engine(one).connect()
