contact-watering = Reminders to water the plants
    .why = there is a plant on your desk
contact-feeding = Reminders to feed the fish
    .why = there is a fish tank in your office
watering-please = Your plant is thirsty: please water it.
watering-done = It is watered
feeding-please = The fish are hungry.
