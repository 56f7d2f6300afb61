"""Slack's error codes, and which error of the port each one is. (docs.slack.dev, reference/methods)"""

from __future__ import annotations

from bot.chat import LockedOut, NameTaken, NotAllowed, NotFound, PlatformError, Unreachable

# "It's possible some aspect of the operation succeeded before the error was raised."
UNKNOWN_EFFECT = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})

UNREADY = "invalid_slack_file"
"""Our name for a refusal of blocks that show a file: it may be that Slack has not looked through it yet."""

_NOT_FOUND = (
    "channel_not_found user_not_found users_not_found user_not_visible message_not_found thread_not_found "
    "no_such_subteam file_not_found not_found"
)
# The token is not accepted, whatever is asked for (reference/methods, the errors that all methods share).
_LOCKED_OUT = frozenset({"not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired"})
_NOT_ALLOWED = (
    # the token
    "not_allowed_token_type missing_scope "
    "no_permission org_login_required ekm_access_denied access_denied accesslimited two_factor_setup_required "
    "enterprise_is_restricted forbidden_team app_access_restricted team_access_not_granted is_bot "
    # the place
    "not_in_channel is_archived is_inactive user_not_in_channel messages_tab_disabled not_enabled "
    "posting_to_channel_denied "
    "channel_is_limited_access method_not_supported_for_channel_type cannot_reply_to_message plan_upgrade_required "
    # the thing
    "restricted_action user_is_restricted not_authorized cannot_create_channel cant_update_message "
    "cant_delete_message compliance_exports_prevent_deletion edit_window_closed cant_archive_general "
    "cant_archive_required too_many_pins not_pinnable "
    # the person
    "user_disabled cant_invite cant_invite_self ura_max_channels org_user_not_in_team invitee_cant_see_channel "
    "no_external_invite_permission app_cannot_join_channel invalid_user_combination"
)
_ERRORS: dict[str, type[PlatformError]] = {
    **dict.fromkeys(_NOT_FOUND.split(), NotFound),
    **dict.fromkeys(_NOT_ALLOWED.split(), NotAllowed),
    **dict.fromkeys(UNKNOWN_EFFECT, Unreachable),
    "name_taken": NameTaken,
}


def refusal(code: str, who: str = "bot") -> PlatformError:
    """The error of the port for one of Slack's codes, carrying the code as its reason.

    who: whose token it was. Without the "user" token, lent by a person, the bot can do less, but is not locked out.
    """
    if code in _LOCKED_OUT:
        return NotAllowed(code) if who == "user" else LockedOut(code, f"{who}_token")
    if code.startswith("restricted_action"):
        return NotAllowed(code)
    return _ERRORS.get(code, PlatformError)(code)


# Refusals of conversations.invite that concern one person; all others concern the channel or the token.
ABOUT_ONE_PERSON = frozenset(
    {
        "already_in_channel",
        "user_not_found",
        "user_disabled",
        "user_is_restricted",
        "cant_invite",
        "cant_invite_self",
        "ura_max_channels",
        "org_user_not_in_team",
        "invitee_cant_see_channel",
        "no_external_invite_permission",
        "app_cannot_join_channel",
        "no_permission",
    }
)
# The channel's creation, name or archiving is kept to admins of the workspace: a user token of one of them may.
KEPT_TO_ADMINS = frozenset({"restricted_action", "cannot_create_channel", "not_authorized", "user_is_restricted"})
