# Ce qui, d'un texte écrit en Markdown, n'est pas montré comme son auteur l'entendait.

markdown-image = L’image « { $what } » est envoyée sous forme de lien.
markdown-html = « { $what } » est du HTML, montré tel qu’il est écrit.
markdown-table = Le tableau sous « { $what } » est montré tel qu’il est écrit : les messageries n’ont pas de tableaux.
markdown-link = L’adresse « { $what } » est montrée, mais ne mène nulle part : un lien commence par https://, http:// ou mailto:.
markdown-long = Le texte est si long que tout le monde ne le voit pas en entier : certaines messageries le terminent par « … ».
