"""Helvetia Foods, German: der MES-Rollout in Thun und die Rückverfolgbarkeit der Frischprodukte."""

from atrium_testkit.demo.story.mes import MES
from atrium_testkit.demo.story.shapes import House, Message, Talk
from atrium_testkit.demo.story.traceability import TRACE

HELVETIA = House(
    slug="helvetia",
    name="Helvetia Foods",
    language="de",
    time_zone="Europe/Zurich",
    people={
        "anna": ("anna.keller@helvetia.example", "Anna Keller", "owner"),
        "reto": ("reto.brunner@helvetia.example", "Reto Brunner", "reader"),
    },
    brand={
        "product_name": "Helvetia Foods",
        "accent": "#3f7d20",
        "header": "light",
        "font_heading": "Vollkorn",
        "font_text": "Inter",
        "sender_name": "Helvetia Foods",
        "support_address": "portal@helvetia.example",
        "words": {"de": {"conversation": {"singular": "Gespräch", "plural": "Gespräche", "article": "das"}}},
    },
    projects=(MES, TRACE),
    private=(
        Talk(
            "item:label",
            "private",
            (
                Message((-1, "15:20"), "anna", "Reto, passt die Schriftgrösse für die Nachtschicht?"),
                Message((-1, "16:05"), "reto", "Ja, ich habe sie an der Linie ausprobiert."),
            ),
        ),
    ),
)
