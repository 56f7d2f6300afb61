"""From blocks to Markdown: the other way round, for a text that people are to go on with. Pure.

Words come first: where marks would change them, or be read as something else, the words stand without these marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.chat import Block, Run, plain
from bot.markdown.reading import joined, may_lead, read

_MARKS = re.compile(r"([\\`*_\[\]<>~#&!|])")
_BEGINNING = re.compile(r"^([ \t]*)([-+=#>]|\d{1,9}(?=[.)]))", re.MULTILINE)
_ADDRESS = re.compile(r"[\s<>()]")
_LOOKS = (("strike", "~~"), ("italic", "*"), ("bold", "**"))


def write(blocks: Sequence[Block]) -> str:
    """A text in Markdown that `read` reads as the same words, and as the same pieces where Markdown has them."""
    return "\n\n".join(_pieces(blocks))


def _pieces(blocks: Sequence[Block]) -> Iterator[str]:
    bullet = "-"
    before: Block | None = None
    for block in blocks:
        if block.kind == "list":
            follows = before is not None and before.kind == "list"
            bullet = {"-": "*", "*": "-"}[bullet] if follows else "-"  # or the two would be one list
            yield _list(block, bullet)
        else:
            yield from _piece(block)
        before = block


def _piece(block: Block) -> Iterator[str]:
    match block.kind:
        case "code":
            longest = max((len(found) for found in re.findall(r"`+", block.text)), default=0)
            fence = "`" * max(3, longest + 1)
            yield f"{fence}{block.language}\n{block.text}\n{fence}"
        case "rule":
            yield "---"
        case "quote":
            yield "\n".join(f"> {line}".rstrip() for line in write(block.blocks).split("\n"))
        case "item":
            yield write(block.blocks)
        case "heading":
            words = _words(block).replace("\n", " ").strip()
            if words:
                yield f"{'#' * min(max(block.level, 1), 6)} {words}"
        case _:
            if words := _words(block):
                yield words


def _list(block: Block, bullet: str) -> str:
    items = []
    for number, item in enumerate(block.blocks, block.first):
        mark = f"{number}. " if block.ordered else f"{bullet} "
        inside = re.sub(r"\n\n(?=[ ]*(?:[-*]|\d+\.) )", "\n", write(item.blocks))
        lines = inside.split("\n")
        items.append("\n".join([mark + lines[0], *((" " * len(mark) + line).rstrip() for line in lines[1:])]).rstrip())
    return "\n".join(items)


def _words(block: Block) -> str:
    """The words of a piece: as they are where they mean nothing in Markdown, else with marks, else without any."""
    wanted = _normal(plain([block]))
    runs = tuple(joined(_with_bare_spaces(block.runs)))
    paragraph = Block(kind="paragraph", runs=runs)
    bare = "\n".join(line.strip() for line in block.text.strip().split("\n"))
    if all(run == Run(text=run.text) for run in runs) and _says(bare, paragraph, wanted):
        return bare
    plainly = "".join(_marked(runs, escape=False)).strip()
    if read(plainly).blocks == (paragraph,):
        return plainly
    marked = "".join(_marked(runs)).strip()
    if _says(marked, None, wanted):
        return marked
    return _escaped("\n".join(line.strip() for line in wanted.split("\n")))


def _with_bare_spaces(runs: Sequence[Run]) -> Iterator[Run]:
    """The same, with nothing said of how spaces around words look: in Markdown no mark stands beside a space."""
    for run in runs:
        words = run.text.strip()
        before, _, after = run.text.partition(words) if words else (run.text, "", "")
        yield Run(text=before, url=run.url)
        yield run.model_copy(update={"text": words})
        yield Run(text=after, url=run.url)


def _says(text: str, only: Block | None, wanted: str) -> bool:
    """Whether Markdown is read as these words, in one paragraph. only: without any marks, if it is given."""
    blocks = read(text).blocks
    if len(blocks) != 1 or blocks[0].kind != "paragraph":
        return not blocks and not wanted
    if only is not None and any(run != Run(text=run.text) for run in blocks[0].runs):
        return False
    return _normal(plain(blocks)) == wanted


def _normal(text: str) -> str:
    """Without the spaces that Markdown does not keep."""
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def _marked(runs: Sequence[Run], *, escape: bool = True) -> Iterator[str]:
    for url, some in groupby(runs, lambda run: run.url):
        inside = list(some)
        words = "".join(run.text for run in inside)
        if not url or not may_lead(url) or _ADDRESS.search(url):
            yield "".join(_styled(inside, escape=escape))
            if url and url.removeprefix("mailto:") not in words:
                yield _escaped(f" ({url})")
        elif words == url.removeprefix("mailto:"):
            yield f"<{words}>"
        else:
            yield f"[{''.join(_styled(inside, escape=escape)).strip()}]({url})"


def _styled(runs: Sequence[Run], *, escape: bool) -> Iterator[str]:
    for run in runs:
        words = run.text.strip()
        if not words:
            yield run.text
            continue
        before, after = run.text[: len(run.text) - len(run.text.lstrip())], run.text[len(run.text.rstrip()) :]
        if run.code:
            ticks = "`" * (1 + max((len(found) for found in re.findall(r"`+", words)), default=0))
            space = " " if words[0] == "`" or words[-1] == "`" else ""
            marked = f"{ticks}{space}{words}{space}{ticks}"
        else:
            marked = _escaped(words, first=not before or before.endswith("\n")) if escape else words
        for look, mark in _LOOKS:
            if getattr(run, look):
                marked = f"{mark}{marked}{mark}"
        yield f"{before}{marked}{after}"


def _escaped(text: str, *, first: bool = True) -> str:
    """Words that mean nothing more. first: a line begins with them."""
    safe = _MARKS.sub(r"\\\1", text)
    begun = _BEGINNING.sub(lambda found: found[1] + _kept(found[2]), safe)
    return begun if first else safe.partition("\n")[0] + begun[len(begun.partition("\n")[0]) :]


def _kept(mark: str) -> str:
    """A mark at the beginning of a line that is only a character there."""
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"
