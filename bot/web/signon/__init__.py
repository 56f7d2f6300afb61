"""The company's own sign-on for pages (OpenID Connect, code flow with PKCE): who somebody is, as their company says it.

`answering` is what browsers ask, `provider` what the bot asks the company's service, `identity` what of its answers is
believed. Who may see a page is decided where links are (`bot.web.pages`).
"""

from bot.web.signon.answering import SignOn

__all__ = ["SignOn"]
