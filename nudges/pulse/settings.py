"""What an organisation sets about what is counted: the `[pulse]` table of the configuration."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Some = Annotated[int, Field(strict=True, ge=1)]


class Settings(BaseModel):
    """The table `[pulse]`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    window_days: Annotated[int, Field(strict=True, ge=7, le=90)] = Field(
        28, description="days of the window in which somebody who read or acted is adopting, who wrote or reacted active"
    )
    past_days: Annotated[int, Field(strict=True, ge=0, le=3650)] = Field(
        365, description="days before the bot came that it counts afterwards, as far as the platform shows them; 0 for none"
    )
    link_minutes: Annotated[int, Field(strict=True, ge=1, le=1440)] = Field(
        15, description="minutes in which a link to the page can be used, once"
    )
    visit_hours: Annotated[int, Field(strict=True, ge=1, le=72)] = Field(
        8, description="hours for which the page stays open afterwards"
    )
