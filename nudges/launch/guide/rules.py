"""Which guide is whose. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.lookup import fold
from nudges.launch.guide.settings import Guide


def is_for(pattern: str, job: str) -> bool:
    """Whether a job is one that a pattern means: * is anything; case, accents and spaces make no difference."""
    wanted = ".*".join(re.escape(part) for part in _bare(pattern).split("*"))
    return re.fullmatch(wanted, _bare(job)) is not None


def of_job(guides: Sequence[Guide], job: str, language: str) -> Guide | None:
    """The first guide for a job; one in the reader's language where there is one. None: the guide for everybody."""
    meant = [each for each in guides if job.strip() and any(is_for(pattern, job) for pattern in each.jobs)]
    return next((each for each in meant if each.language == language), next(iter(meant), None))


def called(guides: Sequence[Guide], words: str, language: str) -> Guide | None:
    """The guide of that title, else that for a job called so."""
    same = [each for each in guides if _bare(each.title) == _bare(words)]
    found = next((each for each in same if each.language == language), next(iter(same), None))
    return found or of_job(guides, words, language)


def offered(guides: Sequence[Guide], language: str) -> list[Guide]:
    """The guides that a reader may choose from: those in their language, or all where there is none."""
    return [each for each in guides if each.language == language] or list(guides)


def _bare(text: str) -> str:
    return " ".join(fold(text).split())
