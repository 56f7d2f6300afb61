contact-watering = Rappels d’arroser les plantes
    .why = il y a une plante sur votre bureau
contact-feeding = Rappels de nourrir les poissons
    .why = il y a un aquarium dans votre bureau
watering-please = Votre plante a soif, pensez à l’arroser.
watering-done = C’est arrosé
feeding-please = Les poissons ont faim.
