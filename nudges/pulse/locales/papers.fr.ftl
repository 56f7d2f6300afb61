## Comment les documents l’appellent : bot/cli/privacy
capability-pulse = Indicateurs
clock-pulse-presence_days = les jours où quelqu’un a lu, écrit ou réagi, aussi longtemps que la fenêtre des indicateurs et leurs corrections en ont besoin
