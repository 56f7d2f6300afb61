"""`make demo`: a small company, a real chat server, the bot at work, and a story played before your eyes.

story.py         what happens, and what each person must then see
announcement.py  its second part
cast.py          who plays, and where
script.py        every sentence of the demo itself, in English and in French
stage.py         how it is shown: side by side in a terminal, or line by line in a log
player.py        a person of the story
company.py       who works there, and what the bot is told about them
on_matrix.py     the company on a real Matrix server, the bot as a process of its own
on_memory.py     the company inside this process, with nothing but Python
brisk.py         the bot, which looks around more often, and whose clock can be put forward
client.py        a Matrix client in the browser
acting.py        after the story inside this process: act as one of the people
"""
