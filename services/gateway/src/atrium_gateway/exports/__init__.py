"""A report as a document to take along: a PDF in the house's brand, a workbook."""
