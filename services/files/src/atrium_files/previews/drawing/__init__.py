"""The drawing process: reads content that anybody may have made, so it has limits, and nothing worth stealing.

`python -I -m atrium_files.previews.drawing <kind> <content> <directory> <seconds> <memory>` leaves `pages.json` and the
pictures of each page in the directory. What it imports is all that it needs: no settings, no database, no store.
"""
