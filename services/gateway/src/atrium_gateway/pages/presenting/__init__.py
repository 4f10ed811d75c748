"""What templates are given: frozen shapes, one module per page, filled by the composing routes.

Shapes carry values of the domain (a verb, a turn, a date, a person), never words: templates and `formats` turn them
into the reader's language. A part that could not be loaded is named in a page's `missing`, and its value left empty.
"""
