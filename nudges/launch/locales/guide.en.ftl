# The guide by job: nudges/launch/guide
page-launch = the pages of the launch
    .ask = “guide” or “announce live”

command-guide = The guide for your job
    .usage = [TITLE OR JOB]
    .help = See why the network exists for your job, how to work with it, and three examples; by e-mail and as PDF too.
    .example = guide
choice-guide-show = See a guide
choice-guide-others = See which guides there are
choice-guide-mail = Have a guide sent by e-mail
choice-guide-pdf = Have a guide as PDF, to be printed

guide-why = Why the network exists for you
guide-how = How to work with it
guide-examples = Three examples
guide-example = { $at }. { $title }
guide-begin = Where to begin
guide-community = { $name }
guide-community-find = In the chat, look for “{ $name }”.
guide-for-job = This guide is for your job: { $job }.
guide-for-jobs = This guide is for other jobs, or was asked for by its title.
guide-mail = By e-mail
guide-pdf = As PDF
guide-others = Another guide
guide-named = { $title }
guide-is = { $title }
guide-which = There are these guides. Others are typed: guide, then the title.
guide-only-one = There is no other guide: this one is for everybody.
guide-unknown = There is no guide “{ $name }”. “guide” alone shows yours.
guide-no-address = No e-mail address of yours is known here, so nothing can be sent to one. The guide is in this chat, under “guide”.
guide-mailed = The guide is on its way to your e-mail address.
guide-pdf-link = Open the guide as PDF
guide-pdf-link-once =
    { $count ->
        [one] The link is yours alone, and works once within a minute. “guide pdf” gives another one.
       *[other] The link is yours alone, and works once within { $count } minutes. “guide pdf” gives another one.
    }
guide-printed = Guide, printed as of { $at }

# The guide for who has no other
guide-usual = Your company’s network
guide-usual-whose = This guide is for everybody.
guide-usual-why = Somebody in the company has met your question before. The network is where you find them, whatever their department, and where what helped one of you is there for the next.
guide-usual-how =
    - **Look first.** Communities are about a job, a place or a subject; “community list” shows them.
    - **Ask in the room**, rather than one person alone: others read the answer too.
    - **Say what helped.** Two lines are enough.
guide-usual-1 = A question
guide-usual-1-text = You do not know who decides on something. You ask in the community of the subject; somebody of another site answers within the day.
guide-usual-2 = Something that works
guide-usual-2-text = Your team found a shorter way. You write it in four lines with a picture; three other teams do the same.
guide-usual-3 = A newcomer
guide-usual-3-text = Somebody begins next Monday. You show them two communities, and they know whom to ask before their first week is over.

# Settings
guide-not-three = { $count ->
    [one] has 1 example, and a guide has { $needed }
   *[other] has { $count } examples, and a guide has { $needed }
}
guide-not-three-write = write three tables [[launch.guides.examples]], each with title and text
guide-same-title = has the title { $title } twice in one language, and people choose by the title
guide-same-title-write = write another title in one of them

# What `parvis doctor` says
guide-doctor-fine =
    { $count ->
        [one] Guides: 1 is set; who has none of their own gets the one for everybody.
       *[other] Guides: { $count } are set; who has none of their own gets the one for everybody.
    }
guide-doctor-lacking =
    { $count ->
        [one] Guides name a community that not everybody can find: { $names }.
       *[other] Guides name communities that not everybody can find: { $names }.
    }
guide-doctor-lacking-todo = Look for typing errors in “community” of [[launch.guides.examples]]; one that was renamed or closed needs another name, or none.
guide-doctor-pdf = Nothing can be printed: the program that typesets is not installed.
guide-doctor-pdf-todo = pip install parvis[pdf]
