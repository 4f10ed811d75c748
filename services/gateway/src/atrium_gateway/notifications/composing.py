"""From what a mail says to the message that is sent, in the brand of its house."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from atrium_gateway.branding.colours import Lch
from atrium_gateway.branding.model import FONTS, Brand
from atrium_gateway.notifications.model import House, MailText

#: Hue of each verb (ui.md); the other parts of its chip are the same for all.
VERB_HUES: Mapping[str, float] = {
    "review": 295,
    "confirm": 155,
    "sign_off": 48,
    "answer": 252,
    "upload": 205,
    "sync": 350,
}
PLAIN_HUE = 255.0


class Subject(UnstructuredHeader, BaseHeader):
    """Folded as RFC 2047 says; the default loses spaces between encoded words, or begins the subject with one."""

    def fold(self, *, policy: Policy) -> str:
        words = Header(str(self), header_name=self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {words}{policy.linesep}"


def _new_message() -> EmailMessage:
    headers = HeaderRegistry()
    headers.map_to_type("subject", Subject)
    return EmailMessage(EmailPolicy(header_factory=headers))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=True,
    )


def look(brand: Brand, mark: str, verb: str) -> dict[str, str]:
    """The brand as literals: mail programs know no custom properties. `mark` is the address of its picture."""
    light, dark, choices = brand.theme.light, brand.theme.dark, brand.choices
    hue, chroma = float(light["nh"]), float(light["nc"])
    verb_hue = VERB_HUES.get(verb, PLAIN_HUE)
    return {
        "product": choices.product_name,
        "mark": mark,
        "dark_when": "(prefers-color-scheme:dark)",
        "font": FONTS[choices.font_text].stack.replace('"', "'"),
        "font_head": FONTS[choices.font_heading].stack.replace('"', "'"),
        "head_weight": str(round(FONTS[choices.font_heading].weight, -2)),
        "ground": Lch(0.962, chroma * 1.3, hue).hex,
        "accent": light["accent"],
        "on_accent": light["on-accent"],
        "verb_ink": Lch(0.4, 0.12, verb_hue).hex,
        "verb_tint": Lch(0.957, 0.028, verb_hue).hex,
        "verb_line": Lch(0.86, 0.07, verb_hue).hex,
        "dark_verb_ink": Lch(0.87, 0.08, verb_hue).hex,
        "dark_verb_tint": Lch(0.29, 0.05, verb_hue).hex,
        "dark_verb_line": Lch(0.42, 0.07, verb_hue).hex,
        "dark_ground": Lch(0.178, chroma * 2, hue).hex,
        "dark_card": Lch(0.214, chroma * 2.2, hue).hex,
        "dark_line": Lch(0.3, chroma * 2.2, hue).hex,
        "dark_accent": dark["accent"],
        "dark_on_accent": dark["on-accent"],
        "dark_ink": dark["accent-ink"],
    }


def compose(brand: Brand, house: House, text: MailText, to: Address, sender: str, message_id: str) -> EmailMessage:
    """Plain text and HTML of equal content. `sender` is the address alone; its name is the brand's."""
    user, _, domain = sender.partition("@")
    message = _new_message()
    message["Subject"] = " ".join(text.subject.split())
    message["From"] = Address(brand.choices.sender_name or brand.choices.product_name, user, domain)
    message["To"] = to
    if brand.choices.support_address:
        message["Reply-To"] = brand.choices.support_address
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{message_id}@{domain}>"
    message["Content-Language"] = text.language
    message["Auto-Submitted"] = "auto-generated"
    mark = f"{house.origin}/brand/mark?v={brand.revision}"
    message.set_content(_environment().get_template("mail.txt").render(mail=text))
    message.add_alternative(html_of(brand, text, mark=mark), subtype="html")
    return message


def html_of(brand: Brand, text: MailText, *, mark: str, dark: bool | None = None) -> str:
    """The HTML of a mail; `dark` shows one theme whatever the reader's mail program prefers."""
    given = look(brand, mark, text.verb)
    if dark is not None:
        given["dark_when"] = "all" if dark else "not all"
    return _environment().get_template("mail.html").render(mail=text, look=given)


def addressed(name: str, email: str) -> Address:
    user, _, domain = email.rpartition("@")
    return Address(name, user, domain)
