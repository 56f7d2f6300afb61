# What of a text written in Markdown is not shown as its author meant it.

markdown-image = The picture “{ $what }” is sent as a link.
markdown-html = “{ $what }” is HTML, and is shown as it is written.
markdown-table = The table under “{ $what }” is shown as it is written: chats have no tables.
markdown-link = The address “{ $what }” is shown, but leads nowhere: a link begins with https://, http:// or mailto:.
markdown-long = The text is so long that not everybody sees it whole: some chats end it with “…”.
