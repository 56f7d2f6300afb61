from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import render, views
from adapters.slack.text import escape_cut, visible
from bot.chat import Choice, Form, FormField, Message, Option, Part, Picture, PlatformError
from tests.servers.slack import mentions, rules

JSON = dict[str, Any]
KINDS = ("title", "text", "fact", "quote", "item", "note", "room", "profile", "link")
NASTY = "<!channel> <!here> <@U1> <!subteam^S1> <#C1|x> *bold* _it_ ~no~ `code` :smile: <b>b</b> &amp; http://e.example"
LONG = "0123456789" * 4_000


def part(kind: Any, text: str, **more: Any) -> Part:
    return Part(kind=kind, text=text, **more)


def texts(value: Any) -> Iterator[str]:
    """Every text that a reader sees."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in {"text", "alt_text"} and isinstance(item, str):
                yield item
            else:
                yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def accepted(shown: JSON) -> JSON:
    """Slack takes it, for a new message as for a changed one."""
    rules.check_message(shown["text"], shown["blocks"], has_more=False, limit=rules.UPDATE_TEXT, error="too_long")
    return shown


# ---------------------------------------------------------------- messages


def test_each_part_has_its_own_look() -> None:
    what = Message(
        parts=(
            part("title", "A request"),
            part("text", "Ana asks."),
            part("fact", "Gardening", label="Name"),
            part("fact", "public", label="Visibility"),
            part("quote", "to grow things"),
            part("item", "one"),
            part("item", "two"),
            part("room", "See", room="C0ANIMATORS"),
            part("note", "since Monday"),
        ),
        choices=(
            Choice(label="Yes", action="a.yes", value="12", style="primary"),
            Choice(label="No", action="a.no", style="danger"),
            Choice(label="Ask", action="a.ask"),
        ),
    )
    title, text, facts, quote, items, room, note, actions = accepted(render.message(what))["blocks"]
    assert title == {"type": "header", "text": {"type": "plain_text", "text": "A request", "emoji": False}}
    assert text["elements"][0]["elements"] == [{"type": "text", "text": "Ana asks."}]
    bold = [piece["text"].strip() for piece in facts["elements"][0]["elements"] if piece.get("style") == {"bold": True}]
    assert bold == ["Name", "Visibility"]
    assert "".join(texts(facts)).splitlines() == ["Name\u2002Gardening", "Visibility\u2002public"]
    assert quote["elements"][0]["type"] == "rich_text_quote"
    assert [item["elements"][0]["text"] for item in items["elements"][0]["elements"]] == ["one", "two"]
    assert room["elements"][0]["elements"][-1] == {"type": "channel", "channel_id": "C0ANIMATORS"}
    assert note["type"] == "context"
    assert [(b["action_id"], b.get("value"), b.get("style")) for b in actions["elements"]] == [
        ("a.yes#0", "12", "primary"),
        ("a.no#1", None, "danger"),
        ("a.ask#2", None, None),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_a_person_wrote_becomes_markup_or_a_mention(kind: str) -> None:
    label = NASTY[:75]
    what = Message(
        parts=(part(kind, NASTY, label=NASTY, room="C0ANIMATORS"),), choices=(Choice(label=label, action="a.b"),)
    )
    shown = accepted(render.message(what))
    assert list(mentions.live_texts(shown["blocks"])) == []  # Slack reads markup nowhere in it
    assert "<" not in shown["text"]
    assert ">" not in shown["text"]
    assert NASTY in "".join(texts(shown["blocks"]))  # and people read it as it was written


ME_AT = "https://acme.slack.com/"


def test_a_profile_is_a_link_that_mentions_nobody() -> None:
    what = Message(parts=(Part(kind="profile", text="Open <my> profile", account="U0ANA00001"),))
    (block,) = accepted(render.message(what, at=ME_AT))["blocks"]
    assert block["elements"][0]["elements"] == [
        {"type": "link", "url": "https://acme.slack.com/team/U0ANA00001", "text": "Open <my> profile"}
    ]
    assert views.page(what, at=ME_AT)["blocks"] == [block]
    form = FORM.model_copy(update={"parts": what.parts})
    assert views.view(form, at=ME_AT)["blocks"][0] == block


@pytest.mark.parametrize(("account", "at"), [("@a:acme.test", ME_AT), ("", ME_AT), ("U0ANA", ""), ("U1/../x", ME_AT)])
def test_a_profile_that_cannot_be_linked_to_is_words(account: str, at: str) -> None:
    what = Message(parts=(Part(kind="profile", text="Open my profile", account=account),))
    shown = accepted(render.message(what, at=at))["blocks"]
    assert list(texts(shown)) == ["Open my profile"]
    assert "link" not in json.dumps(shown)


def test_a_page_is_a_link() -> None:
    what = Message(parts=(Part(kind="link", text="Open <it>", url="https://parvis.example.org/visit/a?b=1&c"),))
    (block,) = accepted(render.message(what))["blocks"]
    assert block["elements"][0]["elements"] == [
        {"type": "link", "url": "https://parvis.example.org/visit/a?b=1&c", "text": "Open <it>"}
    ]


def test_a_room_of_another_platform_is_no_link() -> None:
    shown = render.message(Message(parts=(part("room", "Gardening", room="!abc:example.org"),)))
    assert "channel" not in json.dumps(shown["blocks"])
    assert list(texts(shown["blocks"])) == ["Gardening"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("times", [1, 3, 80])
def test_a_text_of_40000_characters_is_shown_as_far_as_slack_goes(kind: str, times: int) -> None:
    what = Message(
        parts=tuple(part(kind, LONG, label=LONG, room="C0ANIMATORS") for _ in range(times)),
        choices=(Choice(label=LONG, action="a.b", value="1"),),
    )
    shown = accepted(render.message(what))
    assert "".join(texts(shown["blocks"])).count("0123456789") > 500
    assert "…" in shown["text"]
    assert shown["blocks"][-1]["type"] == "actions"


def test_a_long_text_leaves_room_for_what_follows() -> None:
    what = Message(parts=(part("text", LONG), part("fact", "public", label="Visibility"), part("note", "since Monday")))
    seen = "".join(texts(accepted(render.message(what))["blocks"]))
    assert "Visibility" in seen
    assert "since Monday" in seen


def test_a_hundred_parts_and_a_hundred_choices_fit() -> None:
    kinds = [KINDS[i % 2] for i in range(100)]
    choices = tuple(Choice(label=f"Choice {i}", action="a.b", value=str(i)) for i in range(100))
    shown = accepted(
        render.message(Message(parts=tuple(part(k, f"p{i}") for i, k in enumerate(kinds)), choices=choices))
    )
    buttons = [element for block in shown["blocks"] if block["type"] == "actions" for element in block["elements"]]
    assert [button["value"] for button in buttons] == [str(i) for i in range(100)]
    assert len({button["action_id"] for button in buttons}) == 100
    assert "…" in "".join(texts(shown["blocks"]))


def test_a_value_that_would_come_back_changed_is_refused() -> None:
    with pytest.raises(PlatformError, match="choice_too_long"):
        render.message(Message(parts=(), choices=(Choice(label="x", action="a.b", value="v" * 2_001),)))


def test_a_picture_is_shown_with_its_words() -> None:
    what = Message(parts=(part("text", "Look"),), picture=Picture(data=b"png", alt="12 of 40", title="Adoption"))
    image = accepted(render.message(what, file="F1"))["blocks"][-1]
    assert (image["slack_file"], image["alt_text"]) == ({"id": "F1"}, "12 of 40")


def test_an_empty_message_is_still_one() -> None:
    for what in (Message(parts=()), Message(parts=(part("text", ""),)), Message(parts=(part("title", " "),))):
        assert accepted(render.message(what))["text"]


PARTS = st.builds(
    Part,
    kind=st.sampled_from(KINDS),
    text=st.text(max_size=400) | st.just(LONG),
    label=st.text(max_size=90),
    room=st.sampled_from(["", "C0ANIMATORS", "!a:b", "<!channel>"]),
)
CHOICES = st.builds(Choice, label=st.text(max_size=90), action=st.just("a.b"), value=st.text(max_size=90))


@given(st.builds(Message, parts=st.lists(PARTS, max_size=60), choices=st.lists(CHOICES, max_size=30)))
def test_slack_takes_any_message(what: Message) -> None:
    shown = accepted(render.message(what))
    assert list(mentions.live_texts(shown["blocks"])) == []
    assert "<" not in shown["text"]
    json.dumps(shown).encode()


@given(st.text(), st.integers(min_value=1, max_value=40))
def test_a_cut_never_ends_inside_an_entity(text: str, most: int) -> None:
    cut = escape_cut(text, most)
    assert len(cut) <= most
    stripped = cut.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert not set(stripped) & set("&<>")


def test_names_hide_nothing() -> None:
    assert visible("\u202eana\u200b \u2066lima\u2069 ") == "ana lima"


# ---------------------------------------------------------------- forms

FIELDS = (
    FormField(name="name", label="Name", hint="Short", max_length=80, value="Garden"),
    FormField(name="purpose", label="Purpose", kind="long", max_length=5_000),
    FormField(
        name="kind",
        label="Kind",
        kind="choice",
        options=(Option(value="business", label="Business"), Option(value="interest", label="Interest")),
        value="interest",
    ),
    FormField(name="second", label="Second lead", kind="person", required=False, value="U0000002"),
    FormField(name="people", label="Who", kind="people", required=False, value="U0000002 @U0000003 nobody"),
    FormField(name="end", label="Until", kind="date", required=False, value="2027-01-31"),
)
FORM = Form(
    id="community.request",
    title="Ask for a community that has a long title",
    fields=FIELDS,
    submit="Send",
    cancel="Cancel",
    parts=(part("text", NASTY),),
    choices=(Choice(label="Join instead", action="community.join", value="3"),),
    meta="request 12 é",
)


def test_a_form_is_a_modal_with_an_input_for_each_question() -> None:
    view = views.view(FORM)
    rules.check_view(view)
    assert (view["callback_id"], len(view["title"]["text"])) == ("community.request", 24)
    assert json.loads(view["private_metadata"])["meta"] == "request 12 é"
    inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    assert list(inputs) == ["name", "purpose", "kind", "second", "people", "end"]
    assert inputs["name"]["element"]["initial_value"] == "Garden"
    assert inputs["name"]["hint"]["text"] == "Short"
    assert (inputs["purpose"]["element"]["multiline"], inputs["purpose"]["element"]["max_length"]) == (True, 3_000)
    assert inputs["kind"]["element"]["initial_option"]["value"] == "interest"
    assert inputs["second"]["element"]["initial_user"] == "U0000002"
    assert inputs["people"]["element"]["initial_users"] == ["U0000002", "U0000003"]
    assert inputs["end"]["element"]["initial_date"] == "2027-01-31"
    assert [inputs[name]["optional"] for name in inputs] == [False, False, False, True, True, True]
    assert list(mentions.live_texts(view["blocks"])) == []


def test_a_value_that_the_bot_corrected_is_shown_and_one_it_left_alone_stays_as_typed() -> None:
    def ids(value: str) -> str:
        field = FIELDS[0].model_copy(update={"value": value})
        return str(views.view(FORM.model_copy(update={"fields": (field,)}))["blocks"][-1]["element"]["action_id"])

    assert ids("Garden") == ids("Garden") != ids("Gardens")


def test_a_choice_without_options_can_still_be_answered() -> None:
    field = FormField(name="objective", label="Objective", kind="choice")
    view = views.view(FORM.model_copy(update={"fields": (field,)}))
    rules.check_view(view)
    assert view["blocks"][-1]["element"]["type"] == "plain_text_input"


def test_what_would_come_back_changed_is_refused() -> None:
    long = FormField(name="k", label="K", kind="choice", options=(Option(value="v" * 151, label="V"),))
    for form in (FORM.model_copy(update={"meta": "m" * 3_000}), FORM.model_copy(update={"fields": (long,)})):
        with pytest.raises(PlatformError):
            views.view(form)


OPTIONS = st.lists(
    st.builds(Option, value=st.text(min_size=1, max_size=90), label=st.text(max_size=90)),
    max_size=120,
    unique_by=lambda option: option.value,
)
QUESTIONS = st.lists(
    st.builds(
        FormField,
        name=st.text(alphabet="abcdefghij_", min_size=1, max_size=20),
        label=st.text(max_size=90),
        hint=st.text(max_size=90),
        kind=st.sampled_from(["text", "long", "choice", "person", "people", "date"]),
        options=OPTIONS,
        max_length=st.integers(min_value=0, max_value=9_000),
        value=st.text(max_size=90) | st.just(LONG),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda field: field.name,
)


@given(
    st.builds(
        Form,
        id=st.just("a.b"),
        title=st.text(max_size=90),
        submit=st.text(max_size=90),
        cancel=st.text(max_size=90),
        fields=QUESTIONS,
        parts=st.lists(PARTS, max_size=30),
        choices=st.lists(CHOICES, max_size=30),
        meta=st.text(max_size=90),
    )
)
def test_slack_takes_any_form(form: Form) -> None:
    view = views.view(form)
    rules.check_view(view)
    assert [block["block_id"] for block in view["blocks"] if block["type"] == "input"] == [f.name for f in form.fields]
