"""The code that joins two accounts: short, without look-alikes, and kept so that nobody can read it."""

from __future__ import annotations

import pytest

from bot.accounts import codes


def test_a_code_is_eight_characters_that_are_not_taken_for_one_another() -> None:
    made = {codes.make() for _ in range(200)}
    assert len(made) == 200
    for code in made:
        assert len(code.replace("-", "")) == 8
        assert not set(code) & set("0O1ILB8S5Z2U")


@pytest.mark.parametrize(
    "typed", ["K7MX-3QNP", "k7mx3qnp", " k7mx 3qnp ", "« K7MX-3QNP ».", "K7MX–3QNP", "`K7MX-3QNP`"]
)
def test_it_is_read_however_it_is_typed(typed: str) -> None:
    assert codes.read(typed) == "K7MX3QNP"


@pytest.mark.parametrize(
    "typed", ["", "K7MX-3QN", "K7MX-3QNPP", "K7MX-3QN0", "please join", "É7MX-3QNP", "K7MX 3QNP now"]
)
def test_what_is_no_code_is_noticed(typed: str) -> None:
    assert codes.read(typed) == ""


def test_it_opens_what_it_sealed_and_nothing_else() -> None:
    sealed = codes.seal("K7MX-3QNP")
    assert sealed.hint == "K7M"
    assert codes.opens("k7mx 3qnp", sealed.salt, sealed.digest)
    assert not codes.opens("K7MX-3QNA", sealed.salt, sealed.digest)
    assert codes.seal("K7MX-3QNP").digest != sealed.digest, "salted anew"
