"""files.*, and which files blocks may show (docs: reference/methods, block-kit/composition-objects/slack-file-object).

An upload has three steps: announced, sent, completed. One that was completed without a channel belongs to its author
alone, who may show it in blocks of their own. Slack looks through a file before blocks may show it, for a second or
two: until then the blocks are refused (python-slack-sdk, issue 1521).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from . import objects, posting, rules
from .calls import Call, SlackError, method
from .state import JSON, File, User, Workspace

SHOWN = (b"\x89PNG", b"\xff\xd8", b"GIF8")
"""How the files begin that blocks may show: "currently only png, jpg, jpeg, and gif"."""


def check_pictures(workspace: Workspace, author: User, blocks: Any) -> None:
    """Refuse blocks that show a file which is no picture, is not complete yet, or is not the author's to show."""
    messages = list(_wrong(workspace, author, blocks or []))
    if messages:
        errors = [message.removeprefix("[ERROR] ") for message in messages]
        raise SlackError("invalid_blocks", errors=errors, response_metadata={"messages": messages})


def _wrong(workspace: Workspace, author: User, blocks: list[JSON]) -> Iterator[str]:
    for index, block in enumerate(blocks):
        shown = block.get("slack_file")
        if block.get("type") != "image" or shown is None:
            continue
        where = f"[json-pointer:/blocks/{index}/slack_file"
        number = str(shown.get("id") or "")
        if (number == "") == (not shown.get("url")):
            yield f"[ERROR] must provide either an id or a url {where}]"
        elif number and not re.fullmatch(r"F[A-Z0-9]{8,}", number):
            yield f"[ERROR] input must match regex pattern: ^[F][A-Z0-9]{{8,}}$ {where}/id]"
        elif not _may_show(workspace, author, number):
            yield f"[ERROR] invalid slack file {where}]"


def _may_show(workspace: Workspace, author: User, number: str) -> bool:
    file = workspace.files.get(number)
    if file is None or not file.complete or not (file.content or b"").startswith(SHOWN):
        return False
    if file.looks:
        file.looks -= 1
        return False
    return file.user_id == author.id or any(author.id in workspace.channels[each].members for each in file.channels)


@method("files.getUploadURLExternal", tier=4, scopes=["files:write"], required=["filename", "length"])
def upload_url(call: Call) -> JSON:
    if call.number("length", 0) < 1:
        raise SlackError("missing_argument")  # "typically only occurs when the length provided is 0"
    if len(call.text("alt_txt")) > 1_000:
        raise SlackError("alt_txt_too_large")
    file = File(call.workspace.new_id("F"), call.text("filename"), call.number("length", 0), call.me.id)
    file.looks = call.workspace.file_looks
    call.workspace.files[file.id] = file
    return {"ok": True, "upload_url": f"{call.server.url}/upload/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", tier=4, scopes=["files:write"], required=["files"])
def complete_upload(call: Call) -> JSON:
    wanted = call.data("files", "invalid_arguments")
    chosen: list[File] = []
    for entry in wanted or []:
        file = call.workspace.files.get(str(entry.get("id")))
        if file is None or file.content is None:
            raise SlackError("file_not_found")
        if file.user_id != call.me.id:
            raise SlackError("access_denied")
        file.title, file.complete = entry.get("title") or file.name, True
        chosen.append(file)
    channels = call.names("channels") or call.names("channel_id")
    for channel_id in channels:
        _share(call, channel_id, chosen)
    return {"ok": True, "files": [_file(call, file) for file in chosen]}


def _file(call: Call, file: File) -> JSON:
    return objects.file(file, call.server.url, now=int(call.server.clock.now()))


def _share(call: Call, channel_id: str, files: list[File]) -> None:
    channel = call.workspace.channels.get(channel_id)
    if channel is None or not channel.visible_to(call.me.id):
        raise SlackError("channel_not_found")
    if channel.is_archived:
        raise SlackError("posting_to_channel_denied")
    if call.me.id not in channel.members:
        raise SlackError("not_in_channel")
    blocks = call.data("blocks", "invalid_blocks")
    rules.check_message_blocks(blocks)
    message = posting.base_message(call.server, call.me, call.text("initial_comment"))
    message |= {"files": [_file(call, file) for file in files], "upload": False, "display_as_bot": False}
    if blocks:
        message["blocks"] = rules.completed(blocks, call.workspace.new_id)
    if call.text("thread_ts"):
        message["thread_ts"] = call.text("thread_ts")
    for file in files:
        file.channels.append(channel.id)
    posting.put(call.server, channel, message | {"subtype": "file_share"})


@method("files.info", tier=4, scopes=["files:read"], required=["file"])
def file_info(call: Call) -> JSON:
    file = call.workspace.files.get(call.text("file"))
    if file is None:
        raise SlackError("file_not_found")
    return {"ok": True, "file": _file(call, file), "comments": [], "response_metadata": {"next_cursor": ""}}
