"""What mails say. One matter, one button; nothing internal, nothing of a private thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from atrium_gateway.branding.terms import Term, Words, term
from atrium_gateway.dates import long_date
from atrium_gateway.notifications.words import due_words, say, verb_words


@dataclass(frozen=True)
class House:
    """Whose mail it is."""

    customer: str | None  # None: the provider's own workspace
    provider: str
    product: str
    host: str
    origin: str
    #: The brand's own words, by language.
    terms: Mapping[str, Words] = field(default_factory=dict)

    def term(self, language: str, word: str) -> Term:
        return term(self.terms.get(language, {}), language, word)

    @property
    def words(self) -> dict[str, str]:
        return {"customer": self.customer or self.provider, "provider": self.provider, "product": self.product}


@dataclass(frozen=True)
class MailText:
    """The parts of one mail, in their order."""

    language: str
    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    button: str
    url: str
    note: str
    foot: tuple[str, ...]
    verb: str = ""
    verb_label: str = ""
    due: str = ""
    is_urgent: bool = False  # due today or over
    code: str = ""
    thing: str = ""
    thing_lines: tuple[str, ...] = ()
    audience: str = ""


@dataclass(frozen=True)
class AskedItem:
    """What a person is asked for, as that person may read it."""

    title: str
    verb: str | None
    due: date | None
    note: str
    project: str
    asked_by: str
    details: tuple[str, ...] = field(default=())


def _foot(language: str, house: House, kind: str) -> tuple[str, ...]:
    """Why it came, how often such mails come, who runs the portal."""
    runs = "foot_runs" if house.customer else "foot_runs_own"
    words = {"host": house.host, **house.words}
    return tuple(say(language, key, **words) for key in (f"{kind}_foot", f"{kind}_cadence", runs))


def sign_in_mail(language: str, house: House, name: str, code: str, link: str) -> MailText:
    return MailText(
        language,
        subject=say(language, "sign_in_subject", code=f"{code[:3]} {code[3:]}", **house.words),
        heading=say(language, "sign_in_heading"),
        paragraphs=(f"{say(language, 'greeting', name=name)} {say(language, 'sign_in_why')}",),
        code=f"{code[:3]} {code[3:]}",
        button=say(language, "sign_in_button"),
        url=f"{house.origin}/sign-in/{link}",
        note=say(language, "sign_in_note"),
        foot=_foot(language, house, "sign_in"),
    )


def invitation_mail(language: str, house: House, name: str, who: str, link: str, until: datetime) -> MailText:
    projects = house.term(language, "project").many
    key = "invitation_why" if house.customer else "invitation_why_own"
    why = say(language, key, who=who, projects=projects, **house.words)
    return MailText(
        language,
        subject=say(language, "invitation_subject", who=who, **house.words),
        heading=say(language, "invitation_heading"),
        paragraphs=(f"{say(language, 'greeting', name=name)} {why}",),
        button=say(language, "invitation_button"),
        url=f"{house.origin}/sign-in/{link}",
        note=say(language, "invitation_note", until=long_date(language, until.date())),
        foot=_foot(language, house, "invitation"),
    )


def act_mail(
    language: str, house: House, name: str, item: AskedItem, token: str, until: datetime, today: date
) -> MailText:
    verb = verb_words(language, item.verb)
    word = house.term(language, "project").one
    project = (say(language, "act_project", word=word, project=item.project),) if item.project else ()
    asks = verb.asks.format(who=item.asked_by or house.provider)
    return MailText(
        language,
        subject=say(
            language,
            "act_subject",
            verb=verb.label,
            due=due_words(language, item.due, today, "by"),
            title=item.title,
        ),
        heading=say(language, "act_heading"),
        paragraphs=tuple(filter(None, (f"{say(language, 'greeting', name=name)} {asks}", item.note))),
        verb=item.verb or "",
        verb_label=verb.label,
        due=due_words(language, item.due, today).capitalize(),
        is_urgent=item.due is not None and item.due <= today,
        thing=item.title,
        thing_lines=(*project, *item.details),
        button=verb.button,
        url=f"{house.origin}/act/{token}",
        note=say(language, "act_note", until=long_date(language, until.date())),
        audience=say(language, "act_audience", **house.words),
        foot=_foot(language, house, "act"),
    )


def reminder_mail(
    asking: MailText, house: House, name: str, who: str, others: Sequence[AskedItem], today: date
) -> MailText:
    """`asking` once more, with the titles of what else waits for its recipient."""
    language = asking.language
    why = f"{say(language, 'greeting', name=name)} {say(language, 'reminder_why', who=who)}"
    things = "; ".join(_with_due(language, one, today) for one in others)
    also = (say(language, "reminder_also", things=things),) if others else ()
    count = f" (+{len(others)})" if others else ""
    return replace(
        asking,
        subject=say(language, "reminder_subject", title=asking.thing) + count,
        heading=say(language, "reminder_heading"),
        paragraphs=(why, *asking.paragraphs[1:], *also),
        foot=_foot(language, house, "reminder"),
    )


def _with_due(language: str, item: AskedItem, today: date) -> str:
    due = due_words(language, item.due, today)
    return f"{item.title} ({due})" if due else item.title


def message_mail(
    language: str, house: House, name: str, *, who: str, title: str, thread: str, private: bool
) -> MailText:
    """Of a private thread the mail says only that there is a message."""
    form = "message_private" if private else "message"
    why = say(language, f"{form}_why", **({} if private else {"who": who, "title": title}))
    return MailText(
        language,
        subject=say(language, f"{form}_subject", **({} if private else {"title": title})),
        heading=say(language, "message_heading"),
        paragraphs=(f"{say(language, 'greeting', name=name)} {why}",),
        button=say(language, "message_button"),
        url=f"{house.origin}/threads/{thread}",
        note="",
        audience=say(
            language,
            f"{form}_audience",
            this_conversation=house.term(language, "conversation").read_this,
            **house.words,
        ),
        foot=_foot(language, house, "message"),
    )


def asked_item(item: dict[str, Any], project: dict[str, Any], names: dict[str, str]) -> AskedItem:
    """From the answers of the projects service to the recipient's own reads."""
    due = item.get("due")
    return AskedItem(
        title=str(item.get("title") or ""),
        verb=item.get("verb"),
        due=date.fromisoformat(due) if due else None,
        note=str(item.get("note") or ""),
        project=str(project.get("title") or ""),
        asked_by=names.get(str(item.get("owner_id") or ""), ""),
    )
