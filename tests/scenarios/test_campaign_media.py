"""By which media a plan wants its lines said: what it names is kept to, and what it leaves out is said."""

from __future__ import annotations

import pytest

from bot.cli import Wrong
from storage.launch import Announcement
from tests.humans import Human
from tests.humans.towns import FIRST_PLAINLY
from tests.scenarios.company import Company
from tests.scenarios.test_campaign import at_work, cleo, imports, plan

__all__ = ["at_work", "cleo"]
NAMED = 'media = ["mail", "paper"]'
UNNAMED = 'clock = "each"'


@pytest.mark.parametrize("where", ["memory", "slack"])
async def test_that_all_is_said_in_the_chat_alone_is_told_where_it_is_taken_over_shown_and_previewed(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    chat = 'media = ["chat"]'
    text = plan(cleo, diane).replace(NAMED, chat).replace('after = ["invitation"]', chat)
    assert "Everything in this campaign is said in the chat" not in await imports(company, text)
    await cleo.types("campaign show 1")
    shown = await cleo.is_told("by direct message")
    assert "Everything in this campaign is said in the chat" not in shown, "the last line goes by any"
    told = await imports(company, text.replace(UNNAMED, chat))
    assert "Everything in this campaign is said in the chat: who has not signed in yet hears nothing of it" in told
    await cleo.types("campaign show 1")
    await cleo.is_told("Everything in this campaign is said in the chat")
    await cleo.types("announce preview 1")
    await cleo.is_told("All its media are chat: whoever has not signed in yet hears nothing of it")


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_a_word_that_would_do_nothing_is_refused_with_what_to_write_instead(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    for word, instead in (
        ("community", "each of its people gets a copy, and nothing is posted in its room"),
        ("video", "write the video into the text"),
        ("guide", "write a link to the guide into the text"),
    ):
        with pytest.raises(Wrong) as refused:
            await imports(company, plan(cleo, diane).replace(NAMED, f'media = ["{word}"]'))
        assert instead in str(refused.value)
    assert await company.rows(Announcement) == []
