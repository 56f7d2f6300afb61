"""Launch day: one page and one message in the room of those who look after communication, while it goes on.

`rules` says what may be told of it (pure), `following` counts and says it, `page` shows it in a browser.
"""
