"""What holders show to others: claiming by a link, links with chosen fields, a small page for frames, wallets."""
