contact-reminder = reminders
    .why = You get this because a test wants you to.
contact-word = the company’s words
    .why = You get this because the company has something to say.
contact-second = other reminders
    .why = You get this because another test wants you to.
