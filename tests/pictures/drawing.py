"""Messages as they arrive, drawn by us: from what Slack's and Matrix's servers hold to HTML of our own.

No client of theirs is shown: neither their colours nor their marks. What stands there, in which order, with which
picture and which choices, is what their server holds.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

JSON = dict[str, Any]

_PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #fff; color: #1b1b1b; font: 13px/1.4 "Source Sans Pro", sans-serif }}
main {{ width: 540px; padding: 16px 20px; box-sizing: border-box }}
.who {{ font-weight: 600 }} .who i {{ font-weight: 400; color: #595959; font-style: normal; font-size: 13px }}
h4, p, ul {{ margin: .35em 0 }} h4 {{ font-size: 16px }} ul {{ padding-left: 1.2em }}
img {{ width: 480px; display: block }}
.note, em {{ color: #595959; font-style: normal; font-size: 13px }} .asked {{ color: #595959; margin-bottom: 10px }}
.choice {{ display: inline-block; border: 1px solid #767676; border-radius: 4px;
  padding: 2px 10px; margin: 4px 6px 0 0 }}
</style><main><p class="asked">{asked}</p><p class="who">Parvis <i>{where}: as it arrives, drawn by us</i></p>
{body}</main>"""


def page(where: str, asked: str, body: str) -> str:
    """A whole page. where: the platform's name. asked: what somebody typed. body: HTML."""
    return _PAGE.format(where=escape(where), asked=escape(asked), body=body)


def picture(data: bytes) -> str:
    """A PNG in the page itself."""
    return f'<img src="data:image/png;base64,{b64encode(data).decode()}">'


def slack(blocks: list[JSON], files: Mapping[str, bytes]) -> str:
    """Blocks as HTML. files: id -> content."""
    return "".join(part for block in blocks for part in _block(block, files))


def _block(block: JSON, files: Mapping[str, bytes]) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            for element in block["elements"]:
                if element["type"] == "rich_text_list":
                    tag = "ol" if element["style"] == "ordered" else "ul"
                    yield (
                        f"<{tag}>" + "".join(f"<li>{_pieces(each)}</li>" for each in element["elements"]) + f"</{tag}>"
                    )
                else:
                    yield f"<p>{_pieces(element)}</p>"
        case "actions":
            yield "".join(f'<span class="choice">{escape(each["text"]["text"])}</span>' for each in block["elements"])
        case "context":
            yield "".join(f'<p class="note">{escape(each["text"])}</p>' for each in block["elements"])
        case "divider":
            yield "<hr>"
        case "image":
            yield picture(files[block["slack_file"]["id"]])
        case "header":
            yield f"<h4>{escape(block['text']['text'])}</h4>"
        case _:
            yield f"<p>{escape(block['text']['text'])}</p>"


def _pieces(section: JSON) -> str:
    return "".join(_piece(each) for each in section["elements"]).replace("\n", "<br>")


def _piece(each: JSON) -> str:
    said = escape(each.get("text") or each.get("url", ""))
    said = f"<u>{said}</u>" if each["type"] == "link" else said
    for style, tag in (("bold", "b"), ("italic", "i"), ("strike", "s"), ("code", "code")):
        said = f"<{tag}>{said}</{tag}>" if each.get("style", {}).get(style) else said
    return said


def matrix(content: JSON, data: bytes = b"") -> str:
    """The content of an event as HTML, which it holds already. data: of its picture."""
    words = str(content.get("formatted_body") or escape(content.get("body", "")))
    return (picture(data) + f'<p class="note">{words}</p>') if data else words
