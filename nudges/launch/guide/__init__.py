"""The guide by job: why the network exists for somebody's job, how to work with it, three examples each.

`rules` says whose guide is which (pure), `telling` what it says, `asking` shows it in the chat and by mail, `printing`
on paper.
"""
