## Ce que le robot dit avant toute autre chose.
rights-none = Je travaille pour les membres de cette organisation. Avec un compte d’invité, je ne peux rien faire pour vous ; adressez-vous à la personne qui vous a invité.
rights-refused = Ceci revient à un autre rôle ({ $role }), donc rien n’a changé. Écrivez « parvis » pour voir ce que vous pouvez faire, ou demandez à un administrateur si vous pensez que c’est une erreur.
press-unknown = Ce bouton ne sert plus à rien. Écrivez « parvis » pour voir ce que vous pouvez faire.
form-unknown = Ce formulaire n’est plus utilisé, donc rien n’a été envoyé. Écrivez « parvis » pour voir ce que vous pouvez faire.
command-unknown = Je n’ai pas compris. Voici ce que vous pouvez me demander :
command-suggest = Je ne connais pas cette commande. Vouliez-vous dire « { $near } » ?
help-button = Que savez-vous faire ?
stop-button = Ne m’écrivez que si je demande
unreadable = Ce que vous venez d’écrire m’est parvenu chiffré et sans sa clé : je n’ai pas pu le lire, et rien n’a été fait. Écrivez-le de nouveau. Si cela ne suffit pas, ouvrez une nouvelle conversation avec moi, sans chiffrement si votre application vous laisse choisir.
went-wrong = Quelque chose s’est mal passé de mon côté, et vous n’y êtes pour rien. Ce que vous avez fait est gardé, rien n’est perdu : un administrateur peut le terminer. Si vous lui en parlez, donnez-lui cette référence : { $reference }
not-recorded = Je n’ai pas pu noter cela à l’instant, donc rien n’a été fait. Réessayez dans une minute.
greeting-title = Bonjour, je suis Parvis
greeting-who = J’ai été installé par { $contact } pour vous aider à trouver des communautés ici, et à en ouvrir de nouvelles.
greeting-does = Je porte votre demande de communauté aux personnes qui décident, et je vous dis où elle en est. Pour le reste, j’aide quand vous demandez.
greeting-does-not = Je ne garde pas ce que les gens s’écrivent, je ne classe personne, et je n’écris jamais longtemps à quelqu’un qui ne répond pas.
greeting-stop = J’écris rarement. Écrivez « parvis arreter » et je ne ferai que répondre quand vous demandez ; « parvis reprendre » l’annule.
people-several = Plusieurs collègues s’appellent « { $name } ». Écrivez le compte de la personne voulue : { $accounts }.
