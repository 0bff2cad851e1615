"""What a person holds: credentials from here and from elsewhere, collections, links, and the way into a wallet."""
