"""The papers that a company needs about the bot, written from its real settings and from what the code declares.

The processing record (General Data Protection Regulation, article 30), a draft of the impact assessment (article 35;
its parts are those of the CNIL's guides and of the Article 29 Working Party's guidelines WP248), a note for the works
council, and a notice to staff (articles 13 and 14). What only the company can say is marked, to be filled: in a file
beside the papers, which is never written over.
"""

from __future__ import annotations

from pathlib import Path

from bot.cli import FINE, Wrong, show
from bot.cli.opening import Desk
from bot.cli.privacy import answers, council, facts, impact, notice, record
from bot.cli.privacy.answers import Answers
from bot.cli.privacy.sheet import Sheet

LANGUAGES = ("en", "fr")

PAPERS = {
    "processing-record": record.write,
    "impact-assessment": impact.write,
    "works-council": council.write,
    "staff-notice": notice.write,
}


def written(desk: Desk, out: Path, language: str) -> int:
    """Write the papers into a folder, over earlier ones that nobody changed. language: "" for each there is.

    Raises Wrong: nothing was written.
    """
    if language and language not in LANGUAGES:
        raise Wrong(desk.voice("privacy-language", language=language, languages=", ".join(LANGUAGES)))
    try:
        files: dict[Path, str] = {}
        for each in (language,) if language else LANGUAGES:
            said = answers.read(out, desk.voice, each)
            sheets = _sheets(desk, each, said)
            questions = {name: text for sheet in sheets.values() for name, text in sheet.questions.items()}
            answers.check(said, questions, desk.voice)
            files |= {out / f"{name}.{each}.md": answers.sealed(sheet.text) for name, sheet in sheets.items()}
            if not (out / said.name).exists():
                files[out / said.name] = answers.blank(questions, desk.voice.speaking(each))
        _spare(desk, files)
        out.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            path.write_text(text, encoding="utf-8")
            show.line(str(path))
    except OSError as error:
        raise Wrong(desk.voice("cli-file-unwritable", file=str(out), reason=str(error.strerror))) from None
    show.line(desk.voice("privacy-written"))
    return FINE


def papers(desk: Desk, language: str, said: Answers | None = None) -> dict[str, str]:
    """Name -> text, in one language. said: by the company."""
    return {name: sheet.text for name, sheet in _sheets(desk, language, said or Answers()).items()}


def _sheets(desk: Desk, language: str, said: Answers) -> dict[str, Sheet]:
    voice = desk.voice.speaking(language)
    found = facts.gathered(desk.config, voice)
    sheets = {name: Sheet(voice, said) for name in PAPERS}
    for name, write in PAPERS.items():
        write(sheets[name], found)
    return sheets


def _spare(desk: Desk, files: dict[Path, str]) -> None:
    """Raise Wrong where a paper would be lost that somebody worked on."""
    for path in files:
        if path.exists() and not answers.is_ours(path.read_text("utf-8", "replace")):
            beside = f"answers.{path.name.split('.')[-2]}.toml"
            raise Wrong(desk.voice("privacy-changed", file=str(path), answers=beside))
