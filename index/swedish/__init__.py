"""Swedish as the index needs it: words, their stems, and compounds taken apart."""
