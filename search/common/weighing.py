"""What ways of having a word are worth: the constants of ranking that are not worked into an index.

``python -m bench.relevance --constants`` measures each; docs/decisions.md says how they were chosen.
"""

PARTS = 0.75
"""What the parts of a compound that was asked for count beside the whole."""
RELATED = 0.5
"""What the verb of a noun that was asked for counts, or the noun of a verb: "sänka", "sänkning"."""
NAMED = 1.0
"""What a name is worth that a release does not write so but means: as much as one mention in the body."""
FEW = 50
"""When fewer releases have all that is asked for, those with most of it follow."""
MOST = 0.4
"""The least share of what is asked for, by weight, that such a release has."""
NEARNESS = 2.0
"""What words beside each other add: as much as a mention of a word that every seventh release has."""
REACH = 8.0
"""Words so far apart are half as close as those at one place."""
MOST_NEAR = 6
"""So many words of a query are looked at for how near they stand."""
LEADING_TERMS = 20
"""So many terms of a release others are compared by."""
SHARE, SHARED = 0.3, 5
"""On the same matter is what scores at least this share of what the release scores with itself, and has so many of its
leading terms. That was chosen by reading pairs of the real corpus by their shares: below it about half of them have
only a field of policy or a kind of event in common (a visit, a budget), above it most are on one matter; a share alone
lets short releases through, in which two words are most of the text. Names and offices of ministers do not count: all
that is compared has a minister in common, so that they would make everything alike.
"""
