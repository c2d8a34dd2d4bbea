"""A release told in other forms: cited, compared with its earlier versions, for machines, as links into its source."""
