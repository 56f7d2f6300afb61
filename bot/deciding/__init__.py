"""How requests are decided; see `bot.decide`, its public face."""
