"""The two languages of the pages: addresses, words and numbers."""
