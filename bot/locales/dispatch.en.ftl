## What the bot says before any capability does.
rights-none = I work for the members of this organisation. With a guest account there is nothing I may do for you; please ask the person who invited you.
rights-refused = This is for another role ({ $role }), so nothing was changed. Write “parvis” to see what you can do, or ask an administrator if you think this is a mistake.
press-unknown = This button no longer does anything. Write “parvis” to see what you can do.
form-unknown = This form is no longer used, so nothing was sent. Write “parvis” to see what you can do.
command-unknown = I did not understand that. Here is what you can ask me:
command-suggest = I do not know that command. Did you mean “{ $near }”?
help-button = What can you do?
stop-button = Write to me only when I ask
unreadable = What you just wrote reached me encrypted and without its key, so I could not read it, and nothing was done. Please write it again. If that does not help either, start a new conversation with me, without encryption if your application lets you choose.
went-wrong = Something went wrong on my side, and it is not your fault. What you did is kept, nothing is lost: an administrator can finish it. If you talk to them, give them this reference: { $reference }
not-recorded = I could not note that down just now, so nothing was done. Please try again in a minute.
greeting-title = Hello, I am Parvis
greeting-who = I was installed by { $contact } to help you find communities here, and open new ones.
greeting-does = I take your request for a community to the people who decide, and tell you where it stands. I help with the rest when you ask.
greeting-does-not = I do not keep what people write to one another, I do not rank anyone, and I never write for long to someone who does not answer.
greeting-stop = I write rarely. Write “parvis stop” and I will only answer when you ask; “parvis start” undoes it.
people-several = Several colleagues are called “{ $name }”. Write the account of the one you mean: { $accounts }.
