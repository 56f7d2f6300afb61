## Ce que les documents disent des rubriques : nudges/profiles/disclosing.py
profile-paper-own = la personne, qui le dit au bot
profile-paper-platform = le profil de la personne sur la plateforme ({ $name })
profile-paper-custom = le profil de la personne sur { $platform } ({ $name })
profile-paper-roster = l’annuaire du personnel (colonne { $name })
profile-paper-seen = les collègues, qui le demandent en la nommant : ce qu’elle garde dans le bot, et ce que dit l’annuaire du personnel ; ce que dit une plateforme, ils le voient là. Qu’il manque : qui voit l’aperçu des relances
capability-profiles = Profils
