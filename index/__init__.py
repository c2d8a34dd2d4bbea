"""The write side and the data model.

Reads sources, keeps the archive, recognises ministers, agencies and dates, analyses Swedish, writes and
publishes index generations. It never answers a search and knows nothing of HTTP.
"""
