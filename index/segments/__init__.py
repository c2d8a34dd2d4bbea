"""The Whoosh index of a generation: its schema, and how a segment is written from the arrays."""
