contact-reminder = des rappels
    .why = Vous recevez ceci parce qu’un test le veut.
contact-word = les mots de l’entreprise
    .why = Vous recevez ceci parce que l’entreprise a quelque chose à dire.
contact-second = d’autres rappels
    .why = Vous recevez ceci parce qu’un autre test le veut.
