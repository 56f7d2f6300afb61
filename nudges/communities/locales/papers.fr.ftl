## Comment les documents l’appellent : bot/cli/privacy
capability-communities = Communautés
clock-communities-keep_days = ce qui a été écrit pour des communautés : les demandes après leur décision, les communautés après leur fermeture
