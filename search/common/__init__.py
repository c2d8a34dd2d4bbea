"""What the engines share: understanding, correcting, suggesting, marking, and the order of facets' values.

Nothing here knows where releases are kept; what an engine has to tell is said by small protocols.
"""
