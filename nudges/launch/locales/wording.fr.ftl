# Ce que chacun reçoit d’une annonce : nudges/launch/wording.py
announcement-relayed = de la part de { $speaker }, relayé par Parvis
