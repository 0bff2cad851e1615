"""How the pages of the community bear many records; see the modules."""
