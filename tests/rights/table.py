"""Who may do what, written by hand, to be read by whoever answers for it; tests/rights/test_rights.py tries all of it.

What the code declares is compared with this table, both ways: an action without a line here is a failure, and so is a
line whose action is gone. Guests, partners of shared channels, users of other homeservers and those that nobody knows
may do what is for `anyone`, about themselves and in a conversation of their own, and nothing else, whatever the
settings say of them; programs and closed accounts may do nothing at all. That is no line, but the rule.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.nudge import Role


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do one thing.

    by: the roles that may. later: roles that may only once a request was escalated to them.
    own: it concerns one person alone, namely this one; `also` says which roles may do it for them.
    anyone: who has no role may as well, of what is held about themselves.
    """

    by: frozenset[Role]
    later: frozenset[Role] = frozenset()
    own: str = ""
    also: frozenset[Role] = frozenset()
    anyone: bool = False

    @property
    def declared(self) -> frozenset[Role]:
        """The roles that the code has to declare."""
        return self.by | self.later


def _roles(words: str) -> frozenset[Role]:
    return frozenset(Role(word) for word in words.split())


def _right(by: str, later: str = "", own: str = "", also: str = "") -> Right:
    return Right(_roles(by), _roles(later), own, _roles(also))


_EVERYONE = _right("employee")
_ANYONE = Right(_roles("employee"), anyone=True)
_ANIMATORS = _right("animator")
_DECIDERS = _right("animator", later="leader admin")
_REQUESTER = _right("employee", own="olga")
_INVITED = _right("employee", own="sven")
_PROPOSER = _right("employee", own="olga", also="animator")
_RELEASING = _right("admin comms")
_INFORMING = _right("admin")
_WRITING = _right("comms admin")
_WRITING_REQUESTER = _right("comms admin", own="arno")
_NAMED = _right("employee", own="arno")
_OFFICE = _right("employee", own="arno", also="comms admin")
_LEADING = _right("animator lead", own="olga", also="animator")

RIGHTS: dict[str, Right] = {
    # The bot itself: everybody who belongs to the organisation.
    "parvis": _EVERYONE,
    "parvis.me": _EVERYONE,
    "parvis.home": _EVERYONE,
    "parvis.language": _EVERYONE,
    "parvis.stop": _EVERYONE,
    "parvis.start": _EVERYONE,
    "parvis.undo": _EVERYONE,
    "parvis.snooze": _EVERYONE,
    "parvis.stop-kind": _EVERYONE,
    "parvis.less": _EVERYONE,
    "parvis.more": _EVERYONE,
    # What is held about oneself: nobody asks for it, objects or erases in another's place here. It is anyone's right.
    "parvis.export": _ANYONE,
    "parvis.object": _ANYONE,
    "parvis.unobject": _ANYONE,
    "parvis.erase": _ANYONE,
    "parvis.erase-all": _ANYONE,
    # Two accounts of one person: asked for by anyone, confirmed by whose account it is.
    "parvis.join": _EVERYONE,
    "parvis.unjoin": _EVERYONE,
    "parvis.here": _EVERYONE,
    "parvis.confirm": _REQUESTER,
    "parvis.deny": _REQUESTER,
    # The browser in which one's own link was opened.
    "parvis.open-page": _REQUESTER,
    "parvis.close-page": _REQUESTER,
    # What is sent unasked: those who answer for it.
    "nudge": _RELEASING,
    "nudge.preview": _RELEASING,
    "nudge.informed": _INFORMING,
    "form nudge.informed": _INFORMING,
    "nudge.confirm": _RELEASING,
    "nudge.wave": _RELEASING,
    "nudge.go": _RELEASING,
    "nudge.pause": _RELEASING,
    "nudge.resume": _RELEASING,
    "nudge.hush": _RELEASING,
    "form nudge.hush": _RELEASING,
    "nudge.unhush": _RELEASING,
    "nudge.why": _RELEASING,
    "form nudge.why": _RELEASING,
    # One's own profile, and what a colleague's shows.
    "profile": _EVERYONE,
    "profile.seen": _EVERYONE,
    "profile.edit": _EVERYONE,
    "form profile.field": _EVERYONE,
    "profile.confirm": _EVERYONE,
    "profile.prefer-not": _EVERYONE,
    "profile.undo": _EVERYONE,
    # What is told of all profiles together, of groups of five and more.
    "profile.completeness": _right("animator comms admin"),
    "pulse": _right("animator comms admin"),
    "pulse.page": _right("animator comms admin"),
    "pulse.status": _right("animator comms admin"),
    "pulse.mark": _right("animator comms admin"),
    "pulse.unmark": _right("animator comms admin"),
    # Asking for a community, and what becomes of one's own request.
    "community.request": _EVERYONE,
    "form community.request": _EVERYONE,
    "form community.summary": _EVERYONE,
    "community.correct": _REQUESTER,
    "community.withdraw": _REQUESTER,
    "community.answer": _REQUESTER,
    "form community.answer": _REQUESTER,
    "community.appeal": _REQUESTER,
    "form community.appeal": _REQUESTER,
    # Deciding: animators; leaders and administrators once it was escalated to them.
    "community.approve": _DECIDERS,
    "community.override": _DECIDERS,
    "form community.override": _DECIDERS,
    "community.refuse": _DECIDERS,
    "form community.refuse": _DECIDERS,
    "community.ask": _DECIDERS,
    "form community.ask": _DECIDERS,
    "community.take": _DECIDERS,
    "community.show": _right("animator leader admin"),  # whom it may come to may look at it before
    "community.revoke": _right("animator leader admin", own="arno"),
    "community.deputy": _ANIMATORS,
    "form community.deputy": _ANIMATORS,
    # What stops at the platform: animators.
    "community.retry": _ANIMATORS,
    "community.name": _ANIMATORS,
    "community.adopt": _ANIMATORS,
    "form community.adopt-room": _ANIMATORS,
    "community.ignore": _ANIMATORS,
    "community.strays": _ANIMATORS,
    "community.enter-again": _ANIMATORS,
    "community.close-entry": _ANIMATORS,
    # Announcements: who looks after communication prepares them.
    "announce.new": _WRITING,
    "announce.this": _WRITING,
    "announce.live": _WRITING,
    "announce.own": _WRITING,
    "announce.list": _WRITING,
    "announce.begin": _WRITING,
    "announce.show": _WRITING,
    "announce.edit": _WRITING,
    "announce.cancel": _WRITING,
    "announce.paper": _WRITING,
    "form announce.draft": _WRITING,
    "announce.audience": _WRITING,
    "form announce.audience": _WRITING,
    "announce.when": _WRITING,
    "announce.clock": _WRITING,
    "announce.at": _WRITING,
    "form announce.when": _WRITING,
    "announce.preview": _WRITING,
    "announce.confirm": _WRITING,
    "announce.submit": _WRITING,
    "announce.again": _WRITING,
    # On its way.
    "announce.go": _WRITING,
    "announce.stop": _WRITING,
    "announce.pause": _WRITING,
    "announce.resume": _WRITING,
    "announce.send-now": _WRITING,
    "announce.recall": _WRITING,
    "announce.report": _WRITING,
    "announce.retry": _WRITING,
    "announce.posted": _right("employee", own="sven", also="comms admin"),
    "announce.urgent": _right("comms admin leader"),
    "form announce.urgent": _right("comms admin leader"),
    "announce.urgent-confirm": _right("comms admin leader"),
    "announce.not-urgent": _right("comms admin leader"),
    # Their sign-off: whose words they are, and who holds a mandate of theirs.
    "announcement.withdraw": _WRITING_REQUESTER,
    "announcement.answer": _WRITING_REQUESTER,
    "form announcement.answer": _WRITING_REQUESTER,
    "announcement.approve": _NAMED,
    "announcement.amend": _NAMED,
    "form announcement.amend": _NAMED,
    "announcement.override": _NAMED,
    "form announcement.override": _NAMED,
    "announcement.refuse": _NAMED,
    "form announcement.refuse": _NAMED,
    "announcement.ask": _NAMED,
    "form announcement.ask": _NAMED,
    "announcement.take": _NAMED,
    "announcement.show": _NAMED,
    "announcement.revoke": _NAMED,
    "announcement.mandate": _right("leader"),
    "form announcement.mandate": _right("leader"),
    "announcement.mandates": _EVERYONE,
    "announcement.mandate-end": _NAMED,
    # The guide by job: everybody's.
    "guide": _EVERYONE,
    "guide.show": _EVERYONE,
    "guide.others": _EVERYONE,
    "guide.mail": _EVERYONE,
    "guide.pdf": _EVERYONE,
    # Asking leaders: everybody; the leader, or a mandate, answers; who looks after communication prepares.
    "ask": _EVERYONE,
    "form ask.question": _EVERYONE,
    "ask.here": _right("leader"),
    "ask.withdraw": _REQUESTER,
    "ask.share": _REQUESTER,
    "ask.unshare": _REQUESTER,
    "ask.pass": _EVERYONE,
    "ask.no": _EVERYONE,
    "ask.never": _EVERYONE,
    "ask.list": _EVERYONE,
    "ask.show": _EVERYONE,  # each sees what waits in an office of theirs, and nothing of others
    "ask.join": _OFFICE,
    "ask.part": _OFFICE,
    "ask.draft": _OFFICE,
    "form ask.draft": _OFFICE,
    "ask.decline": _OFFICE,
    "form ask.decline": _OFFICE,
    "ask.redirect": _OFFICE,
    "form ask.redirect": _OFFICE,
    "ask.answer": _NAMED,
    "form ask.answer": _NAMED,
    "ask.send": _NAMED,
    # Campaigns: the same prepare them.
    "campaign.list": _WRITING,
    "campaign.move": _WRITING,
    "campaign.show": _WRITING,
    "campaign.moved": _WRITING,
    "campaign.phase": _WRITING,
    "campaign.enter": _WRITING,
    # Finding and joining.
    "community.list": _EVERYONE,
    "community.search": _EVERYONE,
    "form community.search": _EVERYONE,
    "community.info": _EVERYONE,
    "community.mine": _EVERYONE,
    "community.join": _EVERYONE,
    "community.admit": _PROPOSER,
    # Leading: those who were asked, and whoever leads already.
    "community.accept": _INVITED,
    "community.decline": _INVITED,
    "community.lead-accept": _INVITED,
    "community.lead-decline": _INVITED,
    "community.second": _REQUESTER,
    "form community.second": _REQUESTER,
    # Changing a community: animators, and its own lead; a lead of another one is refused.
    "community.rename": _LEADING,
    "form community.rename": _LEADING,
    "community.hand-over": _LEADING,
    "form community.hand-over": _LEADING,
    "community.merge": _LEADING,
    "form community.merge": _LEADING,
    "community.pause": _LEADING,
    "form community.pause": _LEADING,
    "community.close": _LEADING,
    "form community.close": _LEADING,
    "community.reopen": _LEADING,
    "form community.reopen": _LEADING,
    "community.confirm": _REQUESTER,
    "community.cancel": _REQUESTER,
    "community.undo": _PROPOSER,
    "community.done": _PROPOSER,
    "community.give-up": _PROPOSER,
    # A process that names who decides (tests/scenarios/signing): whose name is on it, whatever the role of others.
    "letter": _EVERYONE,
    "letter.rewrite": _REQUESTER,
    "letter.withdraw": _REQUESTER,
    "letter.answer": _REQUESTER,
    "form letter.answer": _REQUESTER,
    "letter.appeal": _REQUESTER,
    "form letter.appeal": _REQUESTER,
    "letter.approve": _NAMED,
    "letter.amend": _NAMED,
    "form letter.amend": _NAMED,
    "letter.override": _NAMED,
    "form letter.override": _NAMED,
    "letter.refuse": _NAMED,
    "form letter.refuse": _NAMED,
    "letter.ask": _NAMED,
    "form letter.ask": _NAMED,
    "letter.take": _NAMED,
    "letter.show": _NAMED,
    "letter.revoke": _NAMED,
    # In one's own place: those who may be named; each sees and ends their own.
    "letter.mandate": _right("leader"),
    "form letter.mandate": _right("leader"),
    "letter.mandates": _EVERYONE,
    "letter.mandate-end": _NAMED,
}
"""Each action by its declared name ("form …" for what is filled in)."""
