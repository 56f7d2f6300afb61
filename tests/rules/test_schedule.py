"""The alarm wakes us, late rather than never, and lets what runs finish."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from structlog.testing import capture_logs

from bot.schedule import Alarm

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


@pytest.fixture
async def alarm() -> AsyncIterator[Alarm]:
    alarm = Alarm(lambda: NOON)
    alarm.start()
    yield alarm
    await alarm.stop()


class Woken:
    """Counts, and can be held inside the job."""

    def __init__(self) -> None:
        self.begun = self.ended = self.at_once = self.most_at_once = 0
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def __call__(self) -> None:
        self.begun += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.may_end.wait()
        self.at_once -= 1
        self.ended += 1


async def test_a_regular_job_is_woken_again_and_again(alarm: Alarm) -> None:
    woken = Woken()
    alarm.every("tick", timedelta(milliseconds=10), woken)
    await until(lambda: woken.ended >= 3)


async def test_a_regular_job_that_still_runs_is_not_woken_twice(alarm: Alarm) -> None:
    slow, other = Woken(), Woken()
    slow.may_end.clear()
    alarm.every("slow", timedelta(milliseconds=10), slow)
    alarm.every("other", timedelta(milliseconds=10), other)
    await until(lambda: slow.begun and other.ended >= 5)
    assert slow.begun == 1
    slow.may_end.set()
    await until(lambda: slow.ended >= 2)
    assert slow.most_at_once == 1


async def test_an_instant_is_measured_by_the_clock_that_is_given(alarm: Alarm) -> None:
    soon, tomorrow = Woken(), Woken()
    alarm.wake_at("soon", NOON + timedelta(milliseconds=30), soon)
    alarm.wake_at("tomorrow", NOON + timedelta(days=1), tomorrow)
    await until(lambda: soon.ended)
    assert (soon.begun, tomorrow.begun) == (1, 0)


async def test_an_instant_that_has_passed_wakes_at_once(alarm: Alarm) -> None:
    woken = Woken()
    alarm.wake_at("past", NOON - timedelta(days=400), woken)
    await until(lambda: woken.ended)


async def test_a_name_given_again_replaces_its_job(alarm: Alarm) -> None:
    first, second = Woken(), Woken()
    alarm.wake_at("wake", NOON + timedelta(milliseconds=40), first)
    alarm.wake_at("wake", NOON + timedelta(milliseconds=60), second)
    await until(lambda: second.ended)
    assert first.begun == 0


async def test_a_name_forgotten_wakes_nobody(alarm: Alarm) -> None:
    forgotten, other = Woken(), Woken()
    alarm.wake_at("gone", NOON + timedelta(milliseconds=20), forgotten)
    alarm.forget("gone")
    alarm.forget("never known")
    alarm.wake_at("other", NOON + timedelta(milliseconds=40), other)
    await until(lambda: other.ended)
    assert forgotten.begun == 0


async def test_a_job_armed_again_while_it_runs_is_woken_once_it_has_ended(alarm: Alarm) -> None:
    woken, later = Woken(), Woken()
    woken.may_end.clear()
    alarm.wake_at("wake", NOON, woken)
    await until(lambda: woken.begun)
    alarm.wake_at("wake", NOON, woken)
    alarm.wake_at("later", NOON + timedelta(milliseconds=30), later)
    await until(lambda: later.ended)
    assert woken.begun == 1
    woken.may_end.set()
    await until(lambda: woken.ended == 2)
    assert woken.most_at_once == 1


async def test_a_job_may_arm_itself_again(alarm: Alarm) -> None:
    times: list[int] = []

    async def job() -> None:
        times.append(len(times))
        if len(times) < 3:
            alarm.wake_at("self", NOON, job)

    alarm.wake_at("self", NOON, job)
    await until(lambda: len(times) == 3)


async def test_a_wake_up_that_comes_late_is_not_dropped(alarm: Alarm) -> None:
    woken = Woken()
    alarm.wake_at("late", NOON + timedelta(milliseconds=30), woken)
    # The machine slept, or the loop was held up: more than a second late, the scheduler's default drops the job.
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        await until(lambda: woken.ended)


async def test_a_job_that_fails_is_logged_and_woken_again(alarm: Alarm) -> None:
    calls: list[int] = []

    async def broken() -> None:
        calls.append(1)
        raise RuntimeError("what Ana wrote")

    with capture_logs() as logs:
        alarm.every("broken", timedelta(milliseconds=10), broken)
        await until(lambda: len(calls) >= 2 and len(logs) >= 2)
    assert logs[0]["job"] == "broken"
    assert logs[0]["error"] == "RuntimeError"
    assert "Ana" not in str(logs)


async def test_stopping_lets_what_runs_finish() -> None:
    alarm, woken, next_one = Alarm(lambda: NOON), Woken(), Woken()
    woken.may_end.clear()
    alarm.start()
    alarm.wake_at("wake", NOON, woken)
    await until(lambda: woken.begun)
    stopping = asyncio.create_task(alarm.stop())
    alarm.every("next", timedelta(milliseconds=1), next_one)
    for _ in range(20):
        await asyncio.sleep(0.005)
    assert not stopping.done()
    woken.may_end.set()
    await stopping
    assert (woken.ended, next_one.begun) == (1, 0)
    await alarm.stop()  # again, without harm


# ---------------------------------------------------------------- a clock that is set


async def test_a_regular_job_goes_on_when_the_clock_is_set_back() -> None:
    """APScheduler goes by the system's clock alone: it would wake nobody for three hours."""
    with time_machine.travel(NOON, tick=True) as clock:
        alarm, woken = Alarm(lambda: NOON), Woken()
        alarm.start()
        alarm.every("tick", timedelta(milliseconds=10), woken)
        await until(lambda: woken.ended >= 2)
        clock.shift(timedelta(hours=-3))
        before = woken.ended
        await until(lambda: woken.ended >= before + 3)
        await alarm.stop()


async def test_a_regular_job_goes_on_when_the_clock_is_set_ahead() -> None:
    with time_machine.travel(NOON, tick=True) as clock:
        alarm, woken = Alarm(lambda: NOON), Woken()
        alarm.start()
        alarm.every("tick", timedelta(milliseconds=10), woken)
        await until(lambda: woken.ended >= 2)
        clock.shift(timedelta(minutes=10))
        before = woken.ended
        await until(lambda: woken.ended >= before + 3)
        assert woken.ended < before + 1000, "what was missed is not made up for, one by one"
        await alarm.stop()


async def test_who_wants_to_know_is_told_that_our_clock_was_set_back() -> None:
    times = [NOON]
    alarm = Alarm(lambda: times[-1] + timedelta(seconds=asyncio.get_running_loop().time()))
    told: list[float] = []

    async def hears(by: timedelta) -> None:
        told.append(round(by.total_seconds()))

    alarm.when_set_back(hears)
    alarm.start()
    times.append(NOON - timedelta(hours=1))
    await until(lambda: told == [3600])
    await alarm.stop()


async def test_it_is_told_again_when_nobody_could_hear_that_the_clock_was_set_back() -> None:
    times = [NOON]
    alarm = Alarm(lambda: times[-1] + timedelta(seconds=asyncio.get_running_loop().time()))
    told: list[float] = []

    async def hears(by: timedelta) -> None:
        told.append(round(by.total_seconds()))
        if len(told) == 1:
            raise RuntimeError("the database does not answer")

    alarm.when_set_back(hears)
    with capture_logs():
        alarm.start()
        times.append(NOON - timedelta(hours=1))
        await until(lambda: told == [3600, 3600])
        times.append(NOON - timedelta(hours=2))
        await until(lambda: told == [3600, 3600, 3600])
    await alarm.stop()
