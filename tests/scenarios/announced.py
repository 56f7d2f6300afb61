"""Announcements as scenarios find them: what a signature is for was said before."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import select

from nudges.launch.audience import Audience, Some
from storage.database import Store
from storage.launch import Announcement


async def ready(store: Store, at: datetime) -> None:
    """Of each whose time is not said it is said that it comes in a week, to everybody, who are six. at: now."""
    async with store.write() as session:
        for made in await session.exec(select(Announcement).where(Announcement.zone == "")):
            made.at, made.zone, made.local = at + timedelta(days=7), "Europe/Paris", "2026-12-01T10:00"
            made.audience, made.counted = Audience(whom=Some(everybody=True)).text(), 6
            session.add(made)
