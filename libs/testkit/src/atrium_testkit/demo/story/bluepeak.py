"""Bluepeak Energy, English: the control room migration and the hydro sites' telemetry."""

from atrium_testkit.demo.story.control_room import CONTROL_ROOM
from atrium_testkit.demo.story.hydro import HYDRO
from atrium_testkit.demo.story.shapes import House, Message, Talk

BLUEPEAK = House(
    slug="bluepeak",
    name="Bluepeak Energy",
    language="en",
    time_zone="Europe/London",
    people={
        "maya": ("maya.singh@bluepeak.example", "Maya Singh", "owner"),
        "tom": ("tom.reed@bluepeak.example", "Tom Reed", "member"),
    },
    brand={
        "product_name": "Bluepeak Energy",
        "accent": "#0b3fa8",
        "header": "accent",
        "font_heading": "Manrope",
        "font_text": "Inter",
        "sender_name": "Bluepeak Energy",
        "support_address": "portal@bluepeak.example",
    },
    projects=(CONTROL_ROOM, HYDRO),
    private=(
        Talk(
            "item:alarm",
            "private",
            (
                Message(
                    (-1, "13:40"), "maya", "Before I sign: does the night shift agree with four hours of shelving?"
                ),
                Message((-1, "14:05"), "tom", "They do. I asked them on {-2:weekday}."),
            ),
        ),
    ),
)
