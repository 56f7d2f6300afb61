# What `parvis doctor` finds: what is so (fine, warning, wrong, unknown), and what to do (.todo).

doctor-sum =
    { $wrong ->
        [0] Nothing is wrong
        [one] 1 thing is wrong
       *[other] { $wrong } things are wrong
    }{ $warnings ->
        [0] .
        [one] , 1 deserves a look.
       *[other] , { $warnings } deserve a look.
    }
doctor-other = { $platform }: { $code } { $about }: { $state } ({ $evidence })

doctor-store-fine = The database answers: { $about }.
doctor-store-warning = There is no database yet: { $about }.
    .todo = Nothing: parvis run makes it.
doctor-store-wrong = The database cannot be used: { $about } ({ $evidence }).
    .todo = See [database] url, PARVIS_DATABASE_PASSWORD, and that its server or folder can be reached by the bot's user.
doctor-tables-fine = Its tables are those of this version.
doctor-tables-wrong = Its tables are not those of this version.
    .todo = Run parvis migrate, or start the bot, which does it too.
doctor-writing-fine = It can be written.
doctor-writing-wrong = It cannot be written ({ $evidence }).
    .todo = Give the bot's user the right to write the file and its folder, or the role of the database its rights.
doctor-disk-fine = { $about } GB are free beside the database.
doctor-disk-warning = Only { $about } GB are free beside the database ({ $name }).
    .todo = Make room: without any, nothing can be recorded.
doctor-disk-wrong = { $about } GB are free beside the database ({ $name }): too little to go on.
    .todo = Make room now: without any, nothing is recorded, and people are told so.
doctor-store-clock-fine = The clocks of the bot and of its database agree.
doctor-store-clock-wrong = The clocks of the bot and of its database differ by { $about } s.
    .todo = Let both machines follow a time server (chrony, systemd-timesyncd).
doctor-sending-wrong = { $platform } has ceased to accept the bot ({ $evidence }): what is to be said there waits.
    .todo = Repair its token (see below); what waits is then said by itself.
doctor-dead-warning =
    { $count ->
        [one] One message could not be said.
       *[other] { $count } messages could not be said.
    }
    .todo = See parvis outbox dead.
doctor-parked-warning =
    { $count ->
        [one] One event could not be handled.
       *[other] { $count } events could not be handled.
    }
    .todo = See parvis parked list.

doctor-address-fine = { $platform }: { $about } answers.
doctor-address-wrong = { $platform }: { $about } cannot be reached ({ $evidence }).
    .todo = See [platforms.{ $platform }], the network and its proxy, and the certificates ([platforms.{ $platform }] ca_file).
doctor-address-unknown = { $platform } lives inside the bot that runs, and nobody else can ask it.
doctor-credentials-fine = { $platform }: { $name } is accepted.
doctor-credentials-wrong = { $platform }: { $name } is refused ({ $evidence }).
    .todo = Put a good one into the environment of the bot, and start it again; see docs/ for where it comes from.
doctor-credentials-unknown = { $platform }: nobody can tell whether { $name } is good ({ $evidence }).
    .todo = Repair the connection first, then look again.
doctor-permission-fine = { $platform }: all { $about } permissions of the app are given.
doctor-permission-wrong = { $platform }: the permission { $about } is not given.
    .todo = Add it to the app (parvis manifest has them all), and install the app again.
doctor-permission-unknown = { $platform }: the server does not tell what the app may do.
    .todo = Compare the app's permissions with parvis manifest.
doctor-clock-fine = { $platform }: its clock and the bot's agree.
doctor-clock-wrong = { $platform }: its clock and the bot's differ by { $about } s.
    .todo = Let this machine follow a time server (chrony, systemd-timesyncd): signed requests grow too old, hours are missed.
doctor-hook-fine = { $platform }: at { $about } the bot answers, and has the same secret as here.
doctor-hook-warning = { $platform }: at { $about } nobody was found from here ({ $evidence }).
    .todo = Start the bot if it does not run. If it does: see the proxy in front of it, [web] public and address, and HTTPS_PROXY and NO_PROXY here.
doctor-hook-wrong = { $platform }: at { $about } somebody else than the bot answers ({ $evidence }).
    .todo = See [web] address, and that the proxy hands what comes there on to [web] public, its path unchanged; start the bot again if its settings changed.
doctor-hook-secret-wrong = { $platform }: the bot that runs has another { $name } than here, and refuses what is signed with this one.
    .todo = Copy the app's own into the environment, and start the bot again. Are both the same? Then one of the clocks is wrong by minutes.
doctor-hook-address-warning = { $platform }: under which address the bot is called is not set, so nobody can look whether it answers there.
    .todo = Set [web] address to where others reach the bot, such as https://parvis.example.org.
doctor-wire-fine = { $platform }: nobody can read along ({ $about }).
doctor-wire-wrong = { $platform }: the certificate of { $about } is not to be trusted ({ $evidence }).
    .todo = See [platforms.{ $platform }] host and port, and ca_file where the certificate is of your own authority.
doctor-sender-fine = { $platform }: messages from { $about } are taken.
doctor-sender-wrong = { $platform }: messages from { $about } are refused ({ $evidence }).
    .todo = Let the account of the bot send from this address, or write another one as [platforms.{ $platform }] sender.
doctor-mailbox-fine = { $platform }: the mailbox of { $about } can be read.
doctor-mailbox-warning = { $platform }: no mailbox is set: what does not arrive is not noticed, and what was perhaps sent when a connection broke is given up.
    .todo = Set [platforms.{ $platform }] mailbox to a mailbox of the bot’s own.
doctor-mailbox-wrong = { $platform }: the mailbox at { $about } cannot be read ({ $evidence }).
    .todo = See [platforms.{ $platform }] mailbox and what stands beside it, and its password in the environment.
doctor-unsubscribing-fine = { $platform }: optional messages are ended with one press, at { $about }.
doctor-unsubscribing-warning = { $platform }: optional messages cannot be ended with one press, since no address of the bot is known; large services may take them for unwanted.
    .todo = Set [web] public, and address to where others reach it, such as https://parvis.example.org.
doctor-reopening-fine = { $platform }: closed communities can be opened again.
doctor-reopening-warning = { $platform }: a closed community can be opened again by a person only.
    .todo = Where that matters, set { $name } to the token of an administrator; otherwise the bot says who must press what.
doctor-creation-open = { $platform }: people can make rooms around the bot ({ $why }).
    .todo = Leave it, and adopt what is born outside (parvis observe counts it), or keep creation to administrators.
doctor-creation-closed = { $platform }: people cannot make rooms around the bot ({ $why }).
doctor-creation-unknown = { $platform }: whether people can make rooms around the bot is unknown ({ $why }).
    .todo = Look it up in the settings of the workspace: nothing is made to find out.
doctor-known-by-setting = its setting says so
doctor-known-by-refused-to-bot = one was refused to the bot itself: { $about }
doctor-known-by-made-by-others = others made { $about } that the directory lists, nobody tells when
doctor-known-by-none-made-by-others = the directory lists none that others made
doctor-known-by-made-by-members = members made { $about } in six months
doctor-known-by-none-made-by-members = no member made one in six months
doctor-known-by-too-many = there are too many to look through
doctor-encryption-fine = { $platform }: encrypted rooms can be read and written.
doctor-encryption-warning = { $platform }: encrypted rooms are not taken part in.
    .todo = Set [platforms.{ $platform }] encryption = true where people talk in encrypted rooms.
doctor-encryption-wrong = { $platform }: encryption does not work ({ $evidence }).
    .todo = See { $page }, "Encryption".
doctor-encryption-unknown = { $platform }: encryption can be told of by the running bot only.
doctor-device-fine = { $platform }: the session is { $about }.
doctor-device-wrong = { $platform }: the access token belongs to no session, so that what is sent twice is seen twice.
    .todo = Make a token by signing in ({ $page }).
doctor-space-fine = { $platform }: communities can be put into { $about }.
doctor-space-wrong = { $platform }: communities cannot be put into { $about } ({ $evidence }).
    .todo = Invite the bot to the space and give it the power to change it (moderator), or see [platforms.{ $platform }] space.

doctor-proxy-fine = { $platform }: { $about } is called through the proxy { $name }.
doctor-proxy-none-fine = { $platform }: { $about } is called directly, without a proxy.
doctor-proxy-passed-by-fine = { $platform }: { $about } is called directly, as NO_PROXY says; the proxy { $name } is for others.
doctor-proxy-wrong = HTTPS_PROXY is no address: { $about }.
    .todo = Write it as http://proxy.example.org:3128, and what needs none into NO_PROXY.
doctor-certificates-fine = { $platform }: { $about } vouches for servers too.
doctor-certificates-env-fine = SSL_CERT_FILE says who vouches for servers, on all platforms: { $about }.
doctor-certificates-env-wrong = SSL_CERT_FILE names a file that is not there: { $about }.
    .todo = Correct it, or unset it; a company's own authority can also stand in [platforms.NAME] ca_file.
doctor-sign-on-fine = The company’s sign-on answers and accepts Parvis: { $about }.
doctor-sign-on-wrong = The company’s sign-on does not answer as it should ({ $about }): { $evidence }.
    .todo = See [sign_on] issuer (what stands before /.well-known/openid-configuration), the network and its proxy, and the certificates ([sign_on] ca_file).
doctor-sign-on-client-wrong = The company’s sign-on does not take Parvis for the one that it knows ({ $about }): { $evidence }.
    .todo = Compare [sign_on] client_id, and set PARVIS_SIGN_ON_SECRET anew: client secrets end after some months or years.

doctor-role-fine =
    { $about }: { $count ->
        [one] one person has
       *[other] { $count } people have
    } this role.
doctor-role-wrong = { $about }: nobody has this role.
    .todo = Name somebody in [roles] { $about }: an account, a group, or a room of members.
doctor-role-unknown = { $about }: who has this role is unknown, for its platform cannot be asked.
doctor-account-wrong = { $name } names { $about }, whom { $platform } does not know.
    .todo = Copy the stable id from the person's profile; see config.example.toml, [roles].
doctor-account-unknown = { $name } names { $about }: { $platform } could not be asked ({ $evidence }).
doctor-account-powerless-wrong = { $name } names { $about }, who is no member of the organisation ({ $evidence }), and has no role.
    .todo = Name somebody else, or make them a member on { $platform }.
doctor-group-wrong = { $name } names the group { $about }, which { $platform } does not know ({ $evidence }).
    .todo = Copy the stable id of the group.
doctor-group-unread-wrong = { $name }: who is in the group { $about } cannot be read ({ $evidence }).
    .todo = See the permissions of the app above.
doctor-room-wrong = { $name } names the room { $about }, which { $platform } does not know, or does not show to the bot ({ $evidence }).
    .todo = Invite the bot to it, or copy the stable id of the room.
doctor-room-unread-wrong = { $name }: who is in the room { $about } cannot be read ({ $evidence }).
    .todo = Invite the bot to it.
doctor-home-fine = { $platform }: the bot is in { $about } ({ $name }).
doctor-home-warning = No animators' room is configured: each request goes to every animator in private.
    .todo = Make a room for them, invite the bot, and name it in [[rooms.animator]].
doctor-home-gone-wrong = { $name } names the room { $about }, which { $platform } does not know, or does not show to the bot ({ $evidence }).
    .todo = Invite the bot to it, or copy the stable id of the room.
doctor-home-outside-wrong = { $platform }: the bot is not in { $about } ({ $name }).
    .todo = Invite it there.
doctor-home-archived-wrong = { $platform }: { $about } ({ $name }) is archived.
    .todo = Open it again, or name another room.
doctor-home-shared-warning = { $platform }: people of another organisation are in { $about } ({ $name }), and read what is decided.
    .todo = Name a room of your own.
