"""The papers that a company needs about the bot, written from its real settings and from what the code declares.

The processing record (General Data Protection Regulation, article 30), a draft of the impact assessment (article 35;
its parts are those of the CNIL's guides and of the Article 29 Working Party's guidelines WP248), and a note for the
works council. What only the company can say is marked, to be filled.
"""

from __future__ import annotations

from pathlib import Path

from bot.cli import FINE, Wrong, show
from bot.cli.opening import Desk
from bot.cli.privacy import council, facts, impact, record
from bot.cli.privacy.sheet import Sheet

LANGUAGES = ("en", "fr")

PAPERS = {"processing-record": record.write, "impact-assessment": impact.write, "works-council": council.write}


def written(desk: Desk, out: Path, language: str) -> int:
    """Write the papers into a folder, over earlier ones. language: "" for each there is. Raises Wrong."""
    if language and language not in LANGUAGES:
        raise Wrong(desk.voice("privacy-language", language=language, languages=", ".join(LANGUAGES)))
    try:
        out.mkdir(parents=True, exist_ok=True)
        for each in (language,) if language else LANGUAGES:
            for name, text in papers(desk, each).items():
                path = out / f"{name}.{each}.md"
                path.write_text(text, encoding="utf-8")
                show.line(str(path))
    except OSError as error:
        raise Wrong(desk.voice("cli-file-unwritable", file=str(out), reason=str(error.strerror))) from None
    show.line(desk.voice("privacy-written"))
    return FINE


def papers(desk: Desk, language: str) -> dict[str, str]:
    """Name -> text, in one language."""
    voice = desk.voice.speaking(language)
    found = facts.gathered(desk.config, voice)
    sheets = {name: Sheet(voice) for name in PAPERS}
    for name, write in PAPERS.items():
        write(sheets[name], found)
    return {name: sheet.text for name, sheet in sheets.items()}
