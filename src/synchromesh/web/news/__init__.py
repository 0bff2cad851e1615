"""Pages of news: list, article, editor, feeds, and digests without an account."""
