"""The JSON API, version 1: its answers, and the tables from which its document and its page are made."""
