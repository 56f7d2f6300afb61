## Qui demande à entrer dans une communauté
knock-asks = { $who } ({ $account }) demande à entrer dans « { $name } ».
knock-admit = Laisser entrer
knock-admitted = { $account } peut maintenant entrer dans « { $name } » : l’invitation est partie.
knock-refused = { $account } n’a pas pu être invité dans « { $name } ». Vous pouvez le faire dans le salon lui-même.
knock-unknown = Je ne sais pas qui laisser entrer, ni où. Utilisez le bouton sous mon message.

## Ce que fait chaque choix, comme le liste « parvis who-can »
choice-community-admit = Laisser entrer quelqu’un qui frappe à la porte
