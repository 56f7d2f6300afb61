# Une vidéo dans une annonce : nudges/launch/video.py
announce-video-title = Cette vidéo n’a pas de titre : [Vidéo : Le mot de la directrice](https://…)
announce-video-link = « { $url } » n’est pas le lien d’une vidéo que chacun peut ouvrir : il commence par https://
announce-video-transcript = La vidéo « { $title } » n’a pas de transcription. Écrivez sous sa ligne ce qui s’y dit, chaque ligne commençant par >, pour qui ne peut pas l’entendre ou l’ouvrir.
