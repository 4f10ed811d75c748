"""One English word may be two in German; pages say where it stands."""

from atrium_gateway.pages.rendering import environment
from atrium_gateway.pages.translation import translations

SAID = """{{ _("Owner") }}|{{ pgettext("role", "Owner") }}|{{ _("Move") }}|{{ pgettext("point", "Move") }}"""


def test_a_column_and_a_role_have_their_own_words() -> None:
    german = environment("de").from_string(SAID).render()
    assert german == "Zuständig|Inhaberin oder Inhaber|Zeile wechseln|Verschieben"
    assert environment("en").from_string(SAID).render() == "Owner|Owner|Move|Move"
    assert translations("en-XA").pgettext("role", "Owner").startswith("[")
