"""The sentences of mails, in English and German (Swiss spelling). Each language has each of them."""
# ruff: noqa: E501  # a sentence stays on its line

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from atrium_gateway.dates import weekday_date


@dataclass(frozen=True)
class VerbWords:
    label: str
    button: str
    asks: str  # “Nora Lind asks you to …”


VERBS: Mapping[str, Mapping[str, VerbWords]] = {
    "en": {
        "review": VerbWords("Review", "Start review", "{who} asks you to review this."),
        "confirm": VerbWords("Confirm", "Confirm", "{who} asks you to confirm this."),
        "sign_off": VerbWords("Sign off", "Review and sign off", "{who} asks you to sign this off."),
        "answer": VerbWords("Answer", "Answer", "{who} asks you for an answer."),
        "upload": VerbWords("Upload", "Upload", "{who} asks you to upload this."),
        "sync": VerbWords("Sync", "Pick a time", "{who} asks you to pick a time."),
    },
    "de": {
        "review": VerbWords("Prüfen", "Prüfung beginnen", "{who} bittet Sie, das zu prüfen."),
        "confirm": VerbWords("Bestätigen", "Bestätigen", "{who} bittet Sie, das zu bestätigen."),
        "sign_off": VerbWords("Freigeben", "Ansehen und freigeben", "{who} bittet Sie um Ihre Freigabe."),
        "answer": VerbWords("Beantworten", "Beantworten", "{who} bittet Sie um eine Antwort."),
        "upload": VerbWords("Hochladen", "Hochladen", "{who} bittet Sie, das hochzuladen."),
        "sync": VerbWords("Abstimmen", "Termin wählen", "{who} bittet Sie, einen Termin zu wählen."),
    },
}

TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "open": "Open",
        "asks": "{who} asks you: {verb}.",
        "greeting": "Hello {name}.",
        "foot_runs": "Portal of {customer}, run by {provider}",
        "foot_runs_own": "Workspace of {provider}",
        "sign_in_subject": "{code} is your code for {product}",
        "sign_in_heading": "Your code to sign in",
        "sign_in_why": "Enter this code on the page where you asked for it, or sign in with the button.",
        "sign_in_button": "Sign in",
        "sign_in_note": "Code and link work once, for 15 minutes. Opening the link signs nobody in; the button there does.",
        "sign_in_foot": "You get this e-mail because someone entered your address at {host}. If it was not you, nothing happens.",
        "sign_in_cadence": "A code comes only when it is asked for.",
        "invitation_subject": "{who} invites you to {product}",
        "invitation_heading": "You are invited",
        "invitation_why": "{who} invites you to {product}, where {provider} and {customer} work together: {projects}, files, decisions.",
        "invitation_why_own": "{who} invites you to the workspace of {provider}.",
        "invitation_button": "Sign in for the first time",
        "invitation_note": "No password is needed. The link is for you alone and works once, until {until}.",
        "invitation_foot": "You get this e-mail because you were invited with this address.",
        "invitation_cadence": "The invitation comes once; after that, one e-mail each time you are asked for something or mentioned.",
        "act_subject": "{verb}{due}: {title}",
        "act_heading": "Your turn",
        "act_project": "{word}: {project}",
        "act_note": "The link opens the page. Nothing is decided before you do so there. It is for you alone, until {until}.",
        "act_audience": "{provider} and {customer} read what you decide and write there.",
        "act_foot": "You get this e-mail because you are asked for this at {customer}.",
        "act_cadence": "One e-mail comes each time you are asked for something.",
        "reminder_subject": "Reminder: {title}",
        "reminder_heading": "Still your turn",
        "reminder_why": "{who} reminds you of this.",
        "reminder_also": "Also waiting for you: {things}.",
        "reminder_foot": "You get this e-mail because you are asked for this at {customer}.",
        "reminder_cadence": "A reminder comes at most once a day, when someone sends it.",
        "message_subject": "A message for you: {title}",
        "message_heading": "Someone wrote to you",
        "message_why": "{who} mentioned you in “{title}”.",
        "message_button": "Read the message",
        "message_audience": "{provider} and {customer} read {this_conversation}.",
        "message_private_subject": "A message for you",
        "message_private_why": "There is a message for you.",
        "message_private_audience": "Only {customer} reads it.",
        "message_foot": "You get this e-mail because you were mentioned.",
        "message_cadence": "One e-mail comes each time you are mentioned.",
        "due_today": "due today",
        "due_tomorrow": "due tomorrow",
        "due_over": "overdue since {day}",
        "due_on": "due {day}",
        "by_today": " by today",
        "by_tomorrow": " by tomorrow",
        "by_over": ", overdue",
        "by_on": " by {day}",
    },
    "de": {
        "open": "Öffnen",
        "asks": "{who} bittet Sie: {verb}.",
        "greeting": "Guten Tag, {name}.",
        "foot_runs": "Portal von {customer}, betrieben von {provider}",
        "foot_runs_own": "Arbeitsplatz von {provider}",
        "sign_in_subject": "{code} ist Ihr Code für {product}",
        "sign_in_heading": "Ihr Code zum Anmelden",
        "sign_in_why": "Geben Sie diesen Code auf der Seite ein, auf der Sie ihn angefordert haben, oder melden Sie sich mit dem Knopf an.",
        "sign_in_button": "Anmelden",
        "sign_in_note": "Code und Link gelten einmal, während 15 Minuten. Den Link zu öffnen meldet niemanden an, erst der Knopf dort.",
        "sign_in_foot": "Sie erhalten diese E-Mail, weil jemand Ihre Adresse bei {host} eingegeben hat. Waren Sie es nicht, geschieht nichts.",
        "sign_in_cadence": "Ein Code kommt nur, wenn er verlangt wird.",
        "invitation_subject": "{who} lädt Sie zu {product} ein",
        "invitation_heading": "Sie sind eingeladen",
        "invitation_why": "{who} lädt Sie zu {product} ein. Dort haben {provider} und {customer} {projects}, Dateien und Entscheide gemeinsam.",
        "invitation_why_own": "{who} lädt Sie an den Arbeitsplatz von {provider} ein.",
        "invitation_button": "Zum ersten Mal anmelden",
        "invitation_note": "Sie brauchen kein Passwort. Der Link gilt nur für Sie und einmal, bis {until}.",
        "invitation_foot": "Sie erhalten diese E-Mail, weil Sie mit dieser Adresse eingeladen wurden.",
        "invitation_cadence": "Die Einladung kommt einmal, danach eine E-Mail, sobald man Sie um etwas bittet oder erwähnt.",
        "act_subject": "{verb}{due}: {title}",
        "act_heading": "Sie sind am Zug",
        "act_project": "{word}: {project}",
        "act_note": "Der Link öffnet die Seite. Entschieden wird erst dort, mit Ihrem Klick. Er gilt nur für Sie, bis {until}.",
        "act_audience": "Was Sie dort entscheiden und schreiben, lesen {customer} und {provider}.",
        "act_foot": "Sie erhalten diese E-Mail, weil Sie bei {customer} darum gebeten werden.",
        "act_cadence": "Eine solche E-Mail kommt jedes Mal, wenn man Sie um etwas bittet.",
        "reminder_subject": "Erinnerung: {title}",
        "reminder_heading": "Sie sind noch am Zug",
        "reminder_why": "{who} erinnert Sie daran.",
        "reminder_also": "Ausserdem wartet auf Sie: {things}.",
        "reminder_foot": "Sie erhalten diese E-Mail, weil Sie bei {customer} darum gebeten werden.",
        "reminder_cadence": "Eine Erinnerung kommt höchstens einmal am Tag, wenn jemand sie schickt.",
        "message_subject": "Eine Nachricht für Sie: {title}",
        "message_heading": "Jemand hat Ihnen geschrieben",
        "message_why": "{who} hat Sie in «{title}» erwähnt.",
        "message_button": "Nachricht lesen",
        "message_audience": "{customer} und {provider} lesen {this_conversation}.",
        "message_private_subject": "Eine Nachricht für Sie",
        "message_private_why": "Es gibt eine Nachricht für Sie.",
        "message_private_audience": "Nur {customer} liest sie.",
        "message_foot": "Sie erhalten diese E-Mail, weil Sie erwähnt wurden.",
        "message_cadence": "Eine solche E-Mail kommt jedes Mal, wenn man Sie erwähnt.",
        "due_today": "heute fällig",
        "due_tomorrow": "morgen fällig",
        "due_over": "überfällig seit {day}",
        "due_on": "fällig {day}",
        "by_today": " bis heute",
        "by_tomorrow": " bis morgen",
        "by_over": ", überfällig",
        "by_on": " bis {day}",
    },
}


def say(language: str, key: str, **values: str) -> str:
    return TEXTS[language][key].format(**values)


def verb_words(language: str, verb: str | None) -> VerbWords:
    """Verbs are data; one that has no words of ours is shown plainly."""
    plain = (verb or "").replace("_", " ").strip().capitalize()
    known = VERBS[language].get(verb or "")
    return known or VerbWords(plain, say(language, "open"), say(language, "asks", who="{who}", verb=plain))


def due_words(language: str, due: date | None, today: date, form: str = "due") -> str:
    """How a due date is said beside a thing (`due`) or within a subject (`by`)."""
    if due is None:
        return ""
    days = (due - today).days
    key = "over" if days < 0 else {0: "today", 1: "tomorrow"}.get(days, "on")
    return say(language, f"{form}_{key}", day=weekday_date(language, due))
