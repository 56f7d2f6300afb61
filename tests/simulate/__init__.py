"""A year of a company, day by day: people who live their lives, the real bot, and a judge who believes neither.

`people` were written before the bot's rules of attention and know nothing of them. `judge` works out by itself what
may reach whom and when. `year` puts the bot among the people and moves the clock; `python -m tests.simulate` is
`make simulate`.
"""
