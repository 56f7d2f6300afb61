"""What an organisation sets about what is counted: the `[pulse]` table of the configuration."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from bot.config.problems import WrongValueError, quoted
from bot.config.values import Declared

Some = Annotated[int, Field(strict=True, ge=1)]

AFTER_WINDOW = 35
"""Days for which it is known, after the longest window, who was there: a day may be corrected as long as that."""


def _account(value: object, info: ValidationInfo) -> object:
    declared = info.context if isinstance(info.context, Declared) else None
    found = re.fullmatch(r"(\w+):(\S+)", value) if isinstance(value, str) else None
    if not found:
        raise WrongValueError(
            "settings-grant", declared.someone() if declared else "acme:U0123456789", shown=quoted(value)
        )
    if declared:
        try:
            declared.check(found[1], "account", found[2])
        except WrongValueError as error:
            near = str(error.write)
            raise error.writing(near if ":" in near else f"{near}:{found[2]}") from None
    return value


Account = Annotated[str, BeforeValidator(_account)]


class Settings(BaseModel):
    """The table `[pulse]`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    window_days: Annotated[int, Field(strict=True, ge=7, le=90)] = Field(
        28,
        description="days of the window in which somebody who read or acted is adopting, who wrote or reacted active",
    )
    past_days: Annotated[int, Field(strict=True, ge=0, le=3650)] = Field(
        365,
        description="days before the bot came that it counts afterwards, as far as the platform shows them; 0 for none",
    )
    not_counted: tuple[Account, ...] = Field(
        (),
        description='accounts of people who are counted nowhere ("acme:U0123456789"), such as those who run the bot',
    )

    @property
    def presence_days(self) -> int:
        """Days for which it is known who read, wrote or reacted on which day: no longer than figures need it."""
        return self.window_days + AFTER_WINDOW
