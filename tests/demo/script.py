"""Every sentence of the demo itself, in English and in French. What the bot says is in its own catalogs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NAME = "Méthodes de vente"
PURPOSE = "Partager entre agences ce qui marche avec les clients"
WORK = "Chaque lundi, répondre ensemble à une objection de client"
ANSWER = "Pour les deux : le siège y répondra aux questions de prix"
HELLO = "Hello! Which objection shall we take this Monday?"
SEARCH = "vente"
QUESTION = {
    "en": "Is it for the agencies only, or for head office as well?",
    "fr": "Est-ce pour les agences seulement, ou aussi pour le siège ?",
}

INFORMED = {"en": "By e-mail to everybody", "fr": "Par courriel à tous"}
"""How staff were informed of what the bot sends unasked."""

COMMANDS = {
    "en": {
        "informed": "nudge informed",
        "preview": "nudge preview",
        "wave": "nudge wave",
        "list": "community list",
        "announce": "announce new",
        "when": "announce when 1",
        "whom": "announce audience 1 everybody",
        "look": "announce preview 1",
        "ask": "ask @diane",
    },
    "fr": {
        "informed": "relance informes",
        "preview": "relance apercu",
        "wave": "relance vague",
        "list": "communaute liste",
        "announce": "annonce nouvelle",
        "when": "annonce quand 1",
        "whom": "annonce destinataires 1 tout le monde",
        "look": "annonce apercu 1",
        "ask": "demander @diane",
    },
}
"""What people type, in the language they read."""

SCENES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "language": "Ana writes to Parvis for the first time, and asks it to speak French with her. "
        "Everyone reads Parvis in their own language.",
        "release": "Arthur, who installed Parvis and gave it the staff list, records that staff were informed, looks "
        "at whom Parvis would write to on its own, and with which words, and confirms it. Before that nobody hears "
        "anything they did not ask for.",
        "ask": "Ana asks for a community about sales methods. Parvis asks her three questions: its name, what it is "
        "for, and the daily work it will carry.",
        "summary": "Parvis fills in the rest and shows it all. Ana adds the two colleagues she wants to invite, "
        "Bob and Chloé, and sends her request.",
        "card": "The animators, Alice and Arthur, decide on new communities. In their room they see what is asked, "
        "by whom, and how many private communities there may be.",
        "question": "Alice wants to know more: she presses “Ask a question”, and tells Parvis what to ask.",
        "answer": "Ana gets the question in French and answers it. Her answer goes back to the animators, next to "
        "the request.",
        "approve": "Alice approves. For both animators the request now shows who decided, and can no longer be "
        "pressed.",
        "open": "Parvis opens the community: a room with its purpose on top, its rules pinned in the company’s "
        "language, and Ana in it as the person who looks after it.",
        "join": "Bob and Chloé are asked, not added. Bob presses “Join”, enters, and says hello; Chloé has not "
        "decided yet.",
        "find": "From now on everyone finds it: Diane, who leads the company, searches for “{search}” and sees it.",
        "remind": "Arthur lets the reminders begin. Parvis asks Ana for one thing that her profile lacks, and offers "
        "what the staff list says; she presses “Oui, c’est exact”, and is thanked.",
    },
    "fr": {
        "language": "Bob écrit à Parvis pour la première fois, et lui demande de lui parler anglais. "
        "Chacun lit Parvis dans sa langue.",
        "release": "Arthur, qui a installé Parvis et lui a donné la liste du personnel, note que le personnel est "
        "informé, regarde à qui Parvis écrirait de lui-même, avec quels mots, et le confirme. Avant cela, personne ne "
        "reçoit rien sans l’avoir demandé.",
        "ask": "Ana demande une communauté sur les méthodes de vente. Parvis lui pose trois questions : son nom, à "
        "quoi elle servira, et le travail quotidien qu’elle portera.",
        "summary": "Parvis remplit le reste et montre le tout. Ana ajoute les deux collègues qu’elle veut inviter, "
        "Bob et Chloé, et envoie sa demande.",
        "card": "Les animateurs, Alice et Arthur, décident des nouvelles communautés. Dans leur salon, ils voient ce "
        "qui est demandé, par qui, et combien il peut y avoir de communautés privées.",
        "question": "Alice veut en savoir plus : elle appuie sur « Poser une question », et dit à Parvis laquelle.",
        "answer": "Ana reçoit la question et y répond. Sa réponse revient aux animateurs, à côté de la demande.",
        "approve": "Alice approuve. Pour les deux animateurs, la demande montre maintenant qui a décidé, et plus rien "
        "n’est à presser.",
        "open": "Parvis ouvre la communauté : un salon avec son but en haut, ses règles épinglées, et Ana dedans, qui "
        "s’en occupe.",
        "join": "Bob et Chloé sont invités, pas ajoutés. Bob appuie sur « Join », entre, et dit bonjour ; Chloé n’a "
        "pas encore choisi.",
        "find": "Désormais chacun la trouve : Diane, qui dirige l’entreprise, cherche « {search} » et la voit.",
        "remind": "Arthur laisse commencer les rappels. Parvis demande à Ana une chose qui manque à son profil, et "
        "propose ce qu’en dit la liste du personnel ; elle appuie sur « Oui, c’est exact », et elle est "
        "remerciée.",
    },
}

NINE: Mapping[str, Sequence[str]] = {
    "en": [f"{day} at 9:00" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")],
    "fr": [f"{day} à 9h" for day in ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")],
}
"""When it is sent, by the day of the week."""

LETTER: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "A place for your questions",
        "text": "From today on, ask in our communities what you would ask a colleague. I read along, and I answer.",
        "question": "Will head office answer on Mondays as well?",
        "answer": "Yes, every Monday before noon.",
    },
    "fr": {
        "title": "Un lieu pour vos questions",
        "text": "Dès aujourd’hui, posez dans nos communautés les questions que vous poseriez à un collègue. "
        "Je lis, et je réponds.",
        "question": "Le siège répondra-t-il aussi le lundi ?",
        "answer": "Oui, chaque lundi avant midi.",
    },
}
"""What is announced in Diane's name, what somebody then asks her, and what she answers."""

LAUNCH: Mapping[str, Mapping[str, str]] = {
    "en": {
        "draft": "Emma looks after communication. She writes an announcement in the name of Diane, who leads the "
        "company. It is a draft: nothing is sent before Diane signs it.",
        "time": "When? Emma says it in her own words: “{when}”. Parvis says back the whole date, the hour and "
        "the place whose clocks count, and it counts once she presses “{keep}”.",
        "preview": "For whom? Everybody. Emma looks at what people will see and how many they are, and presses the "
        "button that repeats the number: “{send}”.",
        "sign": "Diane is shown the announcement as people will see it. She may change it, refuse it or ask something; "
        "she signs. From now on it goes out by itself, at its time.",
        "first": "A night passes: the demo puts Parvis’ clock forward to nine o’clock tomorrow. Two people, drawn by "
        "lot, get the announcement first, so that Emma can look how it goes before everybody has it.",
        "all": "Emma presses “{go}”. Now everybody has it, each once, and everybody reads whose words "
        "they are and who carried them.",
        "ask": "Bob has a question for Diane. He asks it with “ask”, and sends it with his name; he could leave it "
        "out. It comes to the communication room.",
        "answer": "Emma prepares an answer. Only Diane answers in her own name: she is shown it, and presses "
        "“{send}”. Parvis brings it to Bob, who asked.",
    },
    "fr": {
        "draft": "Emma s’occupe de la communication. Elle écrit une annonce au nom de Diane, qui dirige l’entreprise. "
        "C’est un brouillon : rien n’est envoyé avant que Diane le signe.",
        "time": "Quand ? Emma le dit avec ses mots : « {when} ». Parvis redit la date entière, l’heure et le lieu "
        "dont l’horloge compte ; cela vaut quand elle appuie sur « {keep} ».",
        "preview": "Pour qui ? Tout le monde. Emma regarde ce que chacun verra et combien de personnes ce sont, et "
        "appuie sur le bouton qui répète ce nombre : « {send} ».",
        "sign": "Diane voit l’annonce telle que chacun la verra. Elle peut la changer, la refuser ou poser une "
        "question ; elle approuve. Désormais l’annonce part d’elle-même, à son heure.",
        "first": "Une nuit passe : la démonstration avance l’horloge de Parvis à demain, neuf heures. Deux personnes "
        "tirées au sort reçoivent d’abord l’annonce : Emma peut voir comment cela se passe avant que tous l’aient.",
        "all": "Emma appuie sur « {go} ». Maintenant chacun l’a, une seule fois, et lit de qui sont "
        "ces mots et qui les a portés.",
        "ask": "Ana a une question pour Diane. Elle la pose avec « demander », et l’envoie avec son nom ; elle "
        "pourrait le taire. La question arrive dans le salon de la communication.",
        "answer": "Emma prépare une réponse. Diane seule répond en son nom : la réponse lui est montrée, et elle "
        "appuie sur « {send} ». Parvis l’apporte à Ana, qui a posé la question.",
    },
}

ROLES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "ana": "employee",
        "bob": "employee",
        "chloe": "employee",
        "alice": "animator",
        "arthur": "animator",
        "diane": "leader",
        "emma": "communication",
    },
    "fr": {
        "ana": "salariée",
        "bob": "salarié",
        "chloe": "salariée",
        "alice": "animatrice",
        "arthur": "animateur",
        "diane": "dirigeante",
        "emma": "communication",
    },
}

PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Parvis, first part: a community is asked for, decided on and opened",
        "title-announcement": "Parvis, second part: an announcement is written, signed and sent",
        "step": "Step {number} of {total}",
        "reads-en": "reads English",
        "reads-fr": "reads French",
        "with-parvis": "talking with Parvis",
        "in-animators": "in the animators’ room",
        "in-comms": "in the communication room",
        "in-community": "in “{name}”",
        "writes": "{who} writes: {text}",
        "presses": "{who} presses “{text}”",
        "enters": "{who} enters “{text}”",
        "sees": "{who} sees, {where}:",
        "waits": "waiting until {who} sees “{text}”",
        "reading": "time to read",
        "nothing": "(nothing yet)",
        "done": "That is the whole story: a community asked for, questioned, approved, opened and joined; a profile "
        "filled; an announcement written, signed and sent, and a question answered.",
        "done-community": "That is the community: asked for, questioned, approved, opened, joined; and a profile "
        "filled.",
        "stopped": "The story stopped at step {number}: {text}",
        "expected": "What was expected and did not come:",
        "look": "More is in {path}",
        "point": ".",
        "ready": "ready after {total} s (installing {installing} s, starting {starting} s, story {playing} s)",
        "start-server": "Starting a Matrix server of our own (Synapse)",
        "start-company": "Letting seven people and Parvis in",
        "start-bot": "Starting Parvis",
        "start-inside": "Starting Parvis and its company inside this program",
    },
    "fr": {
        "title": "Parvis, première partie : une communauté est demandée, décidée et ouverte",
        "title-announcement": "Parvis, seconde partie : une annonce est écrite, signée et envoyée",
        "step": "Étape {number} sur {total}",
        "reads-en": "lit l’anglais",
        "reads-fr": "lit le français",
        "with-parvis": "en conversation avec Parvis",
        "in-animators": "dans le salon des animateurs",
        "in-comms": "dans le salon de la communication",
        "in-community": "dans « {name} »",
        "writes": "{who} écrit : {text}",
        "presses": "{who} appuie sur « {text} »",
        "enters": "{who} entre dans « {text} »",
        "sees": "{who} voit, {where} :",
        "waits": "on attend que {who} voie « {text} »",
        "reading": "le temps de lire",
        "nothing": "(rien encore)",
        "done": "C’est toute l’histoire : une communauté demandée, questionnée, approuvée, ouverte et rejointe ; un "
        "profil rempli ; une annonce écrite, signée et envoyée, et une question qui a sa réponse.",
        "done-community": "Voilà la communauté : demandée, questionnée, approuvée, ouverte, rejointe ; et un profil "
        "rempli.",
        "stopped": "L’histoire s’est arrêtée à l’étape {number} : {text}",
        "expected": "Ce qui était attendu et n’est pas venu :",
        "look": "Le détail est dans {path}",
        "point": ",",
        "ready": "prêt en {total} s (installation {installing} s, démarrage {starting} s, histoire {playing} s)",
        "start-server": "Démarrage d’un serveur Matrix à nous (Synapse)",
        "start-company": "Arrivée de sept personnes et de Parvis",
        "start-bot": "Démarrage de Parvis",
        "start-inside": "Démarrage de Parvis et de son entreprise dans ce programme",
    },
}

SIGN_IN = {
    "en": """
Now join in yourself. With any Matrix client on this computer (Element, for example), sign in with

    homeserver   {homeserver}

    name         password
{accounts}

Chloé has not decided yet: as her, press “Join” in the conversation with Parvis.
Ask for a community of your own: as anybody, write  !community request  to Parvis. As Alice or Arthur, \
decide on it in the animators’ room.
Write an announcement: as Emma, write  !announce new  to Parvis, and sign it as Diane.
To press a choice, press its sign under the message, or send the words that begin with “!”.""",
    "fr": """
À vous maintenant. Avec n’importe quel client Matrix sur cet ordinateur (Element, par exemple), connectez-vous :

    serveur      {homeserver}

    nom          mot de passe
{accounts}

Chloé n’a pas encore choisi : à sa place, appuyez sur « Rejoindre » dans la conversation avec Parvis.
Demandez votre propre communauté : à la place de qui vous voulez, écrivez  !communaute demander  à Parvis. \
À la place d’Alice ou d’Arthur, décidez-en dans le salon des animateurs.
Écrivez une annonce : à la place d’Emma, écrivez  !annonce nouvelle  à Parvis ; à la place de Diane, signez-la.
Pour prendre un choix, appuyez sur son signe sous le message, ou envoyez les mots qui commencent par « ! ».""",
}

AFTER: Mapping[str, Mapping[str, str]] = {
    "en": {
        "client": "In the browser, without installing anything: {url}\n"
        "(A simple client: it shows a message that has changed once more, below.)",
        "client-building": "Making a Matrix client for the browser (once, 15 to 60 seconds)",
        "client-no-npm": "A Matrix client for the browser can be made here too, if npm is installed. It is not.",
        "client-failed": "The Matrix client for the browser could not be made ({path} says why). Any other will do.",
        "tomorrow": "For Parvis it is tomorrow morning already: the story let a night pass.",
        "stay": "Everything stays up until you press Ctrl-C here.",
        "stopping": "Stopping. The next demo begins with a new company.",
        "busy": "The demo is already running in this folder. Stop it there first, with Ctrl-C.",
        "interrupted": "Stopped before the end.",
        "ended": "Parvis has ended by itself. {path} says why.",
    },
    "fr": {
        "client": "Dans le navigateur, sans rien installer : {url}\n"
        "(Un client simple : il montre encore une fois, plus bas, un message qui a changé.)",
        "client-building": "Préparation d’un client Matrix pour le navigateur (une fois, 15 à 60 secondes)",
        "client-no-npm": "Un client Matrix pour le navigateur peut aussi être préparé ici, si npm est installé. "
        "Il ne l’est pas.",
        "client-failed": "Le client Matrix pour le navigateur n’a pas pu être préparé ({path} dit pourquoi). "
        "Tout autre convient.",
        "tomorrow": "Pour Parvis, c’est déjà demain matin : l’histoire a laissé passer une nuit.",
        "stay": "Tout reste en marche jusqu’à ce que vous pressiez Ctrl-C ici.",
        "stopping": "Arrêt. La prochaine démonstration commencera avec une entreprise nouvelle.",
        "busy": "La démonstration tourne déjà dans ce dossier. Arrêtez-la d’abord là-bas, avec Ctrl-C.",
        "interrupted": "Arrêtée avant la fin.",
        "ended": "Parvis s’est arrêté de lui-même. {path} dit pourquoi.",
    },
}

TYPING = {
    "en": {
        "help": """Now act as one of the people. Type a line such as

    as bob: /community request        Bob asks for a community: Parvis asks him three questions
    as bob: /community list           Bob gives another command to Parvis
    as emma: /announce new            Emma writes an announcement
    as alice in animators: hello      Alice says something in the animators’ room
    as chloe press Join               Chloé takes a choice of the last message that offers it
    as alice in animators press Approve    the same in a room (once somebody has asked for a community)
    look chloe                        what Chloé sees in her conversation with Parvis
    look alice in animators           what Alice sees in a room

People: {people}. Rooms: {rooms}. “help” shows this again, “quit” ends.""",
        "unclear": "I did not understand. Try:  as bob: /community list   (or “help”)",
        "nobody": "There is nobody called “{name}” here. People: {people}.",
        "no-room": "{who} sees no room called “{name}”. Rooms that {who} sees: {rooms}.",
        "no-choice": "{who} sees no message that offers “{name}”, here or elsewhere. Try:  look {where}",
        "no-choice-but": "{who} sees no message that offers “{name}”. What is offered here: {offers}.",
        "elsewhere": "{who} sees “{name}” {place}. Type:  as {where} press {name}",
    },
    "fr": {
        "help": """Agissez maintenant comme l’une des personnes. Tapez une ligne, par exemple

    as ana: /communaute demander      Ana demande une communauté : Parvis lui pose trois questions
    as ana: /communaute liste         Ana donne un autre ordre à Parvis
    as emma: /annonce nouvelle        Emma écrit une annonce
    as alice in animators: bonjour    Alice dit quelque chose dans le salon des animateurs
    as chloe press Rejoindre          Chloé prend un choix du dernier message qui l’offre
    as alice in animators press Approuver    de même dans un salon (quand quelqu’un a demandé une communauté)
    look chloe                        ce que Chloé voit dans sa conversation avec Parvis
    look alice in animators           ce qu’Alice voit dans un salon

Personnes : {people}. Salons : {rooms}. « help » montre ceci à nouveau, « quit » termine.""",
        "unclear": "Je n’ai pas compris. Essayez :  as ana: /communaute liste   (ou « help »)",
        "nobody": "Il n’y a ici personne du nom de « {name} ». Personnes : {people}.",
        "no-room": "{who} ne voit aucun salon « {name} ». Salons que voit {who} : {rooms}.",
        "no-choice": "{who} ne voit aucun message qui offre « {name} », ni ici ni ailleurs. Essayez :  look {where}",
        "no-choice-but": "{who} ne voit aucun message qui offre « {name} ». Ici sont offerts : {offers}.",
        "elsewhere": "{who} voit « {name} » {place}. Tapez :  as {where} press {name}",
    },
}
