# Links that open a page, and what browsers are told: bot/visits, bot/web
visit-no-address = Pages are not reachable yet. An administrator sets [web] public and address.
visit-asked = Somebody opened your link to { $page } in a browser that shows the number { $number }. Is it yours?
visit-asked-else = If you pressed nothing just now, or your browser shows another number, say no: nothing is shown then.
visit-open = Yes, it is mine
visit-close = No
choice-parvis-open-page = show a page in the browser that one opened one’s link in
choice-parvis-close-page = show nothing in the browser that one’s link was opened in
visit-opened = It opens there now. In this browser I shall not ask again.
visit-closed = Nothing is shown there. If you passed the link on: whoever may see the page asks for a link of their own.
visit-distrusted = Nothing is shown any longer in any browser that you said was yours; in each of them I ask you again. Ask me for a new link whenever you wish to go on.
visit-over = That link is over already.
visit-none = There is no such link of yours.
visit-link = Open { $page }
visit-link-whose = This link was made for { $name }.
visit-link-once =
    { $count ->
        [one] It opens once, within a minute of being made: by this button, and not by looking at it.
       *[other] It opens once, within { $count } minutes of being made: by this button, and not by looking at it.
    }
visit-link-else = If you are not { $name }: with { $command } in the chat you get a link of your own, if you may see the page.
visit-link-open = Open
visit-link-forged = This link is not one of mine
visit-link-forged-why = It is not complete, or it was changed. Perhaps a part of it was lost while it was copied.
visit-link-old = This link is too old
visit-link-old-why = Links are good for a short time only, so that one that is found later opens nothing.
visit-link-used = This link was used already
visit-link-used-why = Each link opens once, so that nobody else gets in by it.
visit-link-anew = Ask for a new one: write { $command } to me in the chat.
visit-link-anew-any = Go back to the chat and ask me for a new link there.
visit-wait = Say in the chat that it is you
visit-wait-asked = I just asked { $name } in the chat whether the browser with this number is theirs. If that is you, answer there: the page opens here by itself.
visit-wait-else = If you are not { $name }, close this page: it was opened with their link. With { $command } in the chat you get one of your own, if you may see the page.
visit-wait-go = I answered: go on
visit-wait-over = Nothing is shown here
visit-wait-over-todo = The answer in the chat was no, or it did not come in time. Ask me for a new link in the chat.
visit-left = The page is closed
visit-left-todo = Ask me for a new link in the chat whenever you wish to see it again. This browser no longer knows whose it is: I shall ask you then.

# What every page has
page-skip = To the content
page-settings = Language and look
page-language-en = English
page-language-fr = Français
page-theme-system = As the system
page-theme-light = Light
page-theme-dark = Dark
page-leave = Close the page
page-back = Back
page-none = There is nothing here
page-none-todo = The address is not one of mine. Perhaps a part of it was lost.
page-wrong = That cannot be done here
page-wrong-todo = Pages here are to be read. Go back, and use what they offer.
page-refused-todo = Go back, and ask for something else.
page-foreign = Another site sent you here
page-foreign-todo = For your safety, nothing was done. Open the link from the chat yourself.
page-away = I cannot reach my database just now
page-away-todo = Try again in a minute.
page-nobody = I do not know who reads { $page } here
page-nobody-todo = Write { $command } to me in the chat: you get a link that opens { $page } here. Your last visit may have ended.
page-nobody-sign-on = Sign in with your company account; or write { $command } to me in the chat: you get a link that opens { $page } here.
page-not-yours = This page is not for you
page-not-yours-todo = It is for animators, communication staff or administrators. If you are one of them, ask an administrator which roles you have.

# The company's own sign-on: bot/web/signon
signon-go = Sign in with your company account
signon-else = Or write { $command } to me in the chat: you get a link that opens { $page } here.
signon-cancelled = You did not sign in
signon-cancelled-todo = Your company’s sign-on sent you back without it: it was broken off, or you may not sign in here. Try again, or ask whoever runs the sign-on to let you in.
signon-away = Your company’s sign-on does not answer
signon-away-todo = Try again in a minute. If it stays so, tell an administrator.
signon-wrong = I cannot trust what your company’s sign-on says
signon-wrong-todo = What came back does not fit what I asked for, so nothing is shown. Tell an administrator: my log says what does not fit.
signon-unverified = Your address is not confirmed
signon-unverified-todo = Your company’s sign-on names an e-mail address of yours, but does not say that it checked it. Ask whoever runs the sign-on to confirm it.
signon-unknown = I know nobody by this account
signon-unknown-todo = You are signed in, but neither the company’s list of its people nor the chat has anybody whom I can recognise by what the sign-on says of you. Tell an administrator.
signon-several = I cannot tell who you are
signon-several-todo = Several people have what the sign-on says of you, so nothing is shown. Tell an administrator.
signon-over = This sign-on is over
signon-over-todo = It was used already, took too long, or was begun in another browser. Begin again.
