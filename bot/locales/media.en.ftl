# What reaches people outside the chat: bot/media, bot/web/stopping.py
ending-link = No more messages of this kind
ending-asked = { $kind }: no more of these?
ending-asked-what = You may ask for them again in the chat, at any time. Messages that you must have still come.
ending-press = No more of these
ending-done = { $kind }: you are sent no more of these.
ending-none = This link ends nothing
ending-none-todo = It is not complete, or there are no such messages any more.
