# What `parvis backup` and `parvis restored` say to administrators.

backup-done = { $file } holds the whole database, keys of encrypted rooms included: keep it as safely as the database itself.
backup-exists = { $file } is there already: name a new file.
backup-not-sqlite = { $database } is not a file: use pg_dump, as docs/operating.md says.
backup-failed = { $file } could not be written ({ $reason }): look at the free space and at the rights of its folder.
backup-restored =
    { $promises ->
        [0] This database was left at { $since }. It had nothing to say. Start the bot.
        [one] This database was left at { $since }. One message that it still had to say will be looked for on its platform before it is said. Start the bot.
       *[other] This database was left at { $since }. { $promises } messages that it still had to say will be looked for on their platforms before they are said. Start the bot.
    }
backup-empty = This database is empty: there is nothing to look after.
