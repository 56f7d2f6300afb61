"""Every figure of a recorded stream, computed twice: by the bot, and by a script that is slow and obvious."""
